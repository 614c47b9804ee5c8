import { relativeText, wholeTimeText } from "./format.ts";
import { useNow } from "./use-now.ts";

/** "4 m ago", with the whole time on hover. */
export function RelativeTime({ at }: { at: string | number }) {
  const now = useNow(15_000);
  return (
    <time dateTime={new Date(at).toISOString()} title={wholeTimeText(at)} className="num">
      {relativeText(at, now)}
    </time>
  );
}

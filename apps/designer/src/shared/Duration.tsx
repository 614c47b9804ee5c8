import { durationText } from "./format.ts";
import { useNow } from "./use-now.ts";

/** How long something took, or has taken so far when it has no end. Times are ISO or epoch ms. */
export function Duration({ from, to }: { from: string | number; to: string | number | null }) {
  return to === null ? <Running from={from} /> : <span className="num">{durationText(new Date(to).getTime() - new Date(from).getTime())}</span>;
}

function Running({ from }: { from: string | number }) {
  const now = useNow(1_000);
  return <span className="num">{durationText(Math.max(0, Math.floor((now - new Date(from).getTime()) / 1_000) * 1_000) || 0)}</span>;
}

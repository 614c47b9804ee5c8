import { durationText } from "./format.ts";
import { useLiveNow } from "./use-live-now.ts";

/** How long something took, or has taken so far when it has no end. Times are ISO or epoch ms. */
export function Duration({ from, to }: { from: string | number; to: string | number | null }) {
  return to === null ? <Running from={from} /> : <span className="num">{durationText(new Date(to).getTime() - new Date(from).getTime())}</span>;
}

/** In whole seconds, so that it does not flicker. */
function Running({ from }: { from: string | number }) {
  const seconds = Math.max(0, Math.floor((useLiveNow() - new Date(from).getTime()) / 1_000));
  return <span className="num">{seconds < 60 ? `${seconds} s` : durationText(seconds * 1_000)}</span>;
}

import type { TraceEvent } from "@drawbridge/interpreter";
import { repeatable } from "./playbooks.ts";

/** What a crash suite found; `lost`, `duplicated` and `wrong` must be nothing. */
export interface Verdict {
  /** `database`: several processes whose database was restarted; `kills` counts the restarts. */
  readonly engine: "embedded" | "distributed" | "database";
  readonly runs: number;
  readonly kills: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly inDoubt: number;
  readonly wrong: readonly string[];
}

/** Whether `seq` does not count from 1 without gaps. */
export const wrongTrace = (trace: readonly TraceEvent[]): boolean => trace.length === 0 || trace.some(({ seq }, index) => seq !== index + 1);

/** Changing calls that reached the vendor more than once for one run, step and item, whatever their attempt. */
export function repeatedChanges(requests: readonly { readonly path: string; readonly key: string }[]): number {
  const places = requests.filter(({ path }) => !repeatable(path)).map(({ key }) => key.slice(0, key.lastIndexOf("/")));
  return places.length - new Set(places).size;
}

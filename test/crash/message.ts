import type { Json } from "@drawbridge/playbook";

export interface Wanted {
  readonly playbook: string;
  readonly n: number;
}

/** What the suite tells an engine's process. */
export interface Order {
  readonly start?: readonly Wanted[];
  readonly decide?: { readonly run: string; readonly effect: string; readonly decision: "retry" | "done"; readonly output?: Json };
  readonly finish?: true;
}

/** What an engine's process tells the suite; `open` counts runs that have not ended. */
export interface Told {
  readonly ready?: { readonly open: number };
  readonly accepted?: { readonly n: number; readonly run: string };
  readonly doubt?: { readonly run: string; readonly effect: string };
  readonly finished?: true;
}

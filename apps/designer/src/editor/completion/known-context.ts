import { createContext } from "react";
import type { KnownOperator } from "./complete.ts";
import type { KnownPath } from "./known-paths.ts";

interface Known {
  readonly paths: readonly KnownPath[];
  readonly operators: readonly KnownOperator[];
  /** What the checks found in the panel's own values, by their JSON pointer from the step. */
  readonly problems: ReadonlyMap<string, string>;
}

/** What the panel at hand knows: paths and operators for its expressions, and what is wrong. */
export const KnownContext = createContext<Known>({ paths: [], operators: [], problems: new Map() });

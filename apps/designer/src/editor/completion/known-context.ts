import type { Finding, Json, OperatorDoc } from "@drawbridge/playbook";
import { createContext } from "react";
import type { KnownPath } from "./known-paths.ts";
import type { RunValues } from "./run-values.ts";

/** What a check found in the panel; `pointer` begins at the step or, of one field's problems, at its value. */
export type FieldProblem = Pick<Finding, "code" | "message" | "path" | "severity" | "pointer">;

export interface Known {
  /** Gathered when it is first asked for. */
  readonly paths: () => readonly KnownPath[];
  readonly operators: readonly OperatorDoc[];
  readonly problems: readonly FieldProblem[];
  /** What the expressions would read, from a run; undefined while it is read. */
  readonly values: RunValues | null | undefined;
  readonly readOnly: boolean;
  /** What fields had before they became expressions, and the other way round, so that turning back brings it again. */
  readonly kept: Map<string, Json>;
}

/** What the panel at hand knows: paths and operators for its expressions, values for them, and what is wrong. */
export const KnownContext = createContext<Known>({ paths: () => [], operators: [], problems: [], values: null, readOnly: false, kept: new Map() });

/** The problems of the value at a pointer and of its parts, seen from there. */
export const problemsUnder = (problems: readonly FieldProblem[], pointer: string | undefined): readonly FieldProblem[] => {
  if (pointer === undefined) return none;
  const own = problems.filter((each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`));
  return own.length === 0 ? none : own.map((each) => ({ ...each, pointer: each.pointer.slice(pointer.length) }));
};

const none: readonly FieldProblem[] = [];

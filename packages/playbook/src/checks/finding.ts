import type { Edit } from "../edits/edit.ts";

export type Severity = "error" | "warning" | "hint";

/** One thing that a check found. `pointer` is an RFC 6901 JSON pointer into the playbook. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly step?: string;
  readonly pointer: string;
  /** The path in the expression there that is meant, as it is read. */
  readonly path?: readonly string[];
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
}

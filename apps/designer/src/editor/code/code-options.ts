import type { FieldProblem, Known } from "../completion/known-context.ts";

/** `template`: a text with `{{ }}` in it; `inside`: what stands in a `{{ }}`; `json`: JsonLogic; `value`: JSON with templates and `$logic` in it. */
export type CodeLanguage = "template" | "inside" | "json" | "value";

/** What a code field is given. */
export interface CodeOptions {
  readonly language: CodeLanguage;
  readonly label: string;
  readonly id: string | undefined;
  readonly placeholder: string | undefined;
  readonly lines: number;
  /** The id of what describes it. */
  readonly describedBy: string | undefined;
  readonly known: Pick<Known, "paths" | "operators" | "readOnly">;
  readonly problems: readonly FieldProblem[];
  readonly onChange: (text: string) => void;
  /** What is wrong with the text itself, a moment after typing. */
  readonly onProblem: (message: string | null) => void;
  readonly onBlur: () => void;
}

/** A mounted code field. */
export interface CodeHandle {
  readonly update: (options: CodeOptions) => void;
  /** Puts another text in place, unless it is there already. */
  readonly put: (text: string) => void;
  readonly text: () => string;
  readonly focus: () => void;
  /** Puts the caret there, where given, and offers what can stand there. */
  readonly offer: (at?: number) => void;
  readonly destroy: () => void;
}

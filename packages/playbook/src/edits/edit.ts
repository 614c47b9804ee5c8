import type { Json } from "../json.ts";

/** One change of a playbook as data; `type` names an edit of the registry and `params` is checked by its schema. */
export interface Edit {
  readonly type: string;
  readonly params: { readonly [key: string]: Json };
}

/** Why an edit was not made. */
export type EditRefusalCode =
  | "unknown-edit"
  | "invalid-params"
  | "unknown-step"
  | "unknown-way"
  | "unknown-branch"
  | "unknown-note"
  | "unknown-group"
  | "id-taken"
  | "label-taken"
  | "would-cycle"
  | "last-branch"
  | "no-way-out"
  | "bad-pointer"
  | "invalid-result";

export interface EditRefusal {
  readonly code: EditRefusalCode;
  readonly message: string;
}

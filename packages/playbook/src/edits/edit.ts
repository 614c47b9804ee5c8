import type { Json } from "../json.ts";

/** One change of a playbook as data; `type` names an edit of the registry and `params` is checked by its schema. */
export interface Edit {
  readonly type: string;
  readonly params: { readonly [key: string]: Json };
}

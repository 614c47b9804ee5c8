import type * as z from "zod";
import type { Json } from "../json.ts";
import type { Playbook } from "../playbook.ts";
import type { EditRefusal, EditRefusalCode } from "./edit.ts";

/** What an edit gives: the changed playbook, or why not. */
export type EditResult = { readonly playbook: Playbook } | { readonly refusal: EditRefusal };

/** A kind of edit as the registry holds it: its parameters are checked when it is applied. */
export interface EditDefinition {
  readonly type: string;
  readonly title: string;
  readonly params: z.ZodType;
  run(playbook: Playbook, params: Json): EditResult;
}

/** Refuses an edit. */
export const refuse = (code: EditRefusalCode, message: string): { readonly refusal: EditRefusal } => ({ refusal: { code, message } });

/** Refuses an edit of a step that is not there. */
export const noStep = (id: string): { readonly refusal: EditRefusal } => refuse("unknown-step", `There is no step "${id}".`);

/** Declares an edit; `apply` never changes the playbook that it is given. */
export function defineEdit<Params extends z.ZodType>(edit: {
  readonly type: string;
  readonly title: string;
  readonly params: Params;
  apply(playbook: Playbook, params: z.output<Params>): Playbook | { readonly refusal: EditRefusal };
}): EditDefinition {
  return {
    type: edit.type,
    title: edit.title,
    params: edit.params,
    run(playbook, given) {
      const parsed = edit.params.safeParse(given);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        return refuse("invalid-params", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "The parameters are not valid."}`);
      }
      const made = edit.apply(playbook, parsed.data);
      return "refusal" in made ? made : { playbook: made };
    },
  };
}

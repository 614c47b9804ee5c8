import type { Json } from "./json.ts";

/** What checks, forms and completion know of an action; schemas are JSON Schema 2020-12. */
export interface ActionFacts {
  readonly name: string;
  readonly integration: string;
  readonly title: string;
  readonly summary: string;
  readonly effect: "reads" | "changes";
  readonly repeatable: boolean;
  readonly input: Json;
  readonly output: Json;
}

/** What a check may know of the world around the playbook; an absent list means "not known", and its checks are left out. */
export interface Catalog {
  readonly actions?: ReadonlyMap<string, ActionFacts>;
  /** Connection id to integration id. */
  readonly connections?: ReadonlyMap<string, string>;
  /** Playbook id to its inputs and the playbooks that it calls. */
  readonly playbooks?: ReadonlyMap<string, { readonly inputs: readonly { readonly key: string; readonly required?: boolean | undefined }[]; readonly calls: readonly string[] }>;
}

import type * as z from "zod";

/** What an action may touch while it runs. */
export interface ActionContext<Client> {
  readonly client: Client;
  /** The effect id: the same for every sending of one attempt; goes out as idempotency key where the vendor takes one. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly log: (message: string, details?: Record<string, unknown>) => void;
  /** Epoch ms; virtual in dry runs. */
  readonly now: () => number;
  /** The run and case it works for; null outside a run or without a case. */
  readonly run: { readonly id: string; readonly playbook: string; readonly step: string } | null;
  readonly caseId: string | null;
  /** Who is behind it: a person's e-mail in the war room, else `playbook:<id>`. */
  readonly actor: string;
}

/** Something that an integration can do; see `defineAction`. */
export interface Action<Client = unknown, Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** verb-noun, unique in the integration. */
  readonly name: string;
  readonly title: string;
  /** One sentence for the palette. */
  readonly summary: string;
  readonly effect: "reads" | "changes";
  /** Whether sending it twice does no more than sending it once. */
  readonly repeatable: boolean;
  readonly input: Input;
  readonly output: Output;
  run(input: z.output<Input>, context: ActionContext<Client>): Promise<z.input<Output>>;
}

/** Declares an action; the schemas give the types, the checks, the form and the completion. */
export function defineAction<Client>() {
  return <Input extends z.ZodType, Output extends z.ZodType>(action: Action<Client, Input, Output>): Action<Client, Input, Output> => action;
}

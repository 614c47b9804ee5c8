import type * as z from "zod";
import type { Action, ActionContext } from "./action.ts";
import { ActionError } from "./action-error.ts";
import { type CallRecorder, recordCalls } from "./http/call-recorder.ts";
import { withCertainty } from "./http/certain-when-reading.ts";
import type { Json } from "./json.ts";
import type { ActionRegistry } from "./register-actions.ts";

export interface ActionCall {
  /** Full name, e.g. `code42.get-alert`. */
  readonly action: string;
  readonly input: Json;
  readonly context: ActionContext<unknown>;
  /** Real time, even in a dry run: it guards against an action that hangs. */
  readonly timeoutMs?: number;
  /** Takes down the requests that the action makes with the signal that it is given. */
  readonly recorder?: CallRecorder;
}

/** Checks the input, runs the action under the context's signal, checks the output. Throws only `ActionError`. */
export async function callAction(registry: ActionRegistry, { action: name, input, context, timeoutMs, recorder }: ActionCall): Promise<Json> {
  const registered = registry.get(name);
  if (registered === undefined) throw new ActionError("unknown-action", `There is no action ${name}.`);
  const { action } = registered;
  const parsed = action.input.safeParse(input);
  if (!parsed.success) throw schemaError("invalid-input", `The input of ${name} is not valid`, parsed.error);

  const abort = new AbortController();
  if (recorder) recordCalls(abort.signal, recorder);
  const cancelled = () => abort.abort(new ActionError("cancelled", `${action.title} was cancelled.`));
  if (context.signal.aborted) cancelled();
  context.signal.addEventListener("abort", cancelled, { once: true });
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => abort.abort(new ActionError("timed-out", `${action.title} took longer than ${timeoutMs} ms.`, { retryable: true, uncertain: true })), timeoutMs);
  try {
    const output = await orAborted(abort.signal, (signal) => action.run(parsed.data, { ...context, signal }));
    const checked = action.output.safeParse(output);
    if (!checked.success) throw schemaError("invalid-output", `${name} returned something else than it declares`, checked.error);
    return JSON.parse(JSON.stringify(checked.data ?? null)) as Json;
  } catch (thrown) {
    const error = neverTwiceByAccident(action, abort.signal.reason instanceof ActionError ? abort.signal.reason : asActionError(thrown, action.title));
    abort.abort(over);
    throw error;
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener("abort", cancelled);
  }
}

/** Stops what a failed action left under way. One reason for all: making an exception for each call costs more than the rest of this function. */
const over = new ActionError("cancelled", "The action is over.");

/** What the work returns, or the signal's reason when that comes first. */
function orAborted<Result>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason instanceof Error ? signal.reason : over);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    work(signal).then(resolve, reject);
  });
}

/** What may have been done already, and must not be done twice, is not to be retried without a person's word. */
function neverTwiceByAccident(action: Action, error: ActionError): ActionError {
  const harmless = !error.uncertain || action.effect === "reads" || action.repeatable;
  return error.retryable && !harmless ? withCertainty(error, { uncertain: true, retryable: false }) : error;
}

/** The message of an unknown exception may hold anything, so only its name is told; the rest is in `cause`. */
function asActionError(thrown: unknown, title: string): ActionError {
  if (thrown instanceof ActionError) return thrown;
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return new ActionError("unexpected", `${title} failed in an unexpected way (${name}).`, { cause: thrown });
}

function schemaError(code: "invalid-input" | "invalid-output", message: string, error: z.ZodError): ActionError {
  const problems = error.issues.map((issue) => ({ pointer: pointer(issue.path), message: issue.message }));
  const [first] = problems;
  return new ActionError(code, first === undefined ? `${message}.` : `${message}: ${first.pointer === "" ? "" : `${first.pointer}: `}${first.message}`, { details: { problems } });
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

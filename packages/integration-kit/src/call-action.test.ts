import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type ActionContext, defineAction } from "./action.ts";
import { ActionError } from "./action-error.ts";
import { callAction } from "./call-action.ts";
import { defineIntegration } from "./integration.ts";
import type { Json } from "./json.ts";
import { registerActions } from "./register-actions.ts";

type Client = { readonly answer: (signal: AbortSignal) => Promise<unknown> };

const declaration = {
  title: "Try",
  summary: "Tries.",
  input: z.object({ "a/b": z.array(z.int()), times: z.int().default(2) }),
  output: z.object({ sum: z.number(), note: z.string().optional() }),
};
const run = async (input: { "a/b": number[]; times: number }, { client, signal }: ActionContext<Client>) => {
  const answer = await client.answer(signal);
  return answer === undefined ? { sum: input["a/b"].reduce((one, other) => one + other, 0) * input.times, note: undefined } : (answer as { sum: number });
};
const integration = defineIntegration<Client>()({
  id: "try",
  title: "Try",
  summary: "",
  tile: { text: "T", color: "slate" },
  connection: z.object({}),
  actions: [
    defineAction<Client>()({ ...declaration, name: "read", effect: "reads", repeatable: true, run }),
    defineAction<Client>()({ ...declaration, name: "change", effect: "changes", repeatable: false, run }),
    defineAction<Client>()({ ...declaration, name: "set", effect: "changes", repeatable: true, run }),
  ],
  simulate: () => {
    throw new RangeError("not simulated");
  },
});
const registry = registerActions([integration]);

function call(options: { action?: string; input?: Json; answer?: Client["answer"]; signal?: AbortSignal; timeoutMs?: number } = {}) {
  const client: Client = { answer: options.answer ?? (async () => undefined) };
  const context: ActionContext<Client> = {
    client,
    idempotencyKey: "run/step/1",
    signal: options.signal ?? new AbortController().signal,
    log: () => undefined,
    now: () => 0,
    run: null,
    caseId: null,
    actor: "t",
  };
  return callAction(registry, {
    action: options.action ?? "try.read",
    input: options.input ?? { "a/b": [1, 2] },
    context,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
}

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("It should have failed."),
    (thrown: unknown) => {
      expect(thrown).toBeInstanceOf(ActionError);
      return thrown as ActionError;
    },
  );
const untilAborted = (signal: AbortSignal) => new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));

describe("callAction", () => {
  it("fills defaults in, and leaves out what is undefined, so that the output is JSON", async () => {
    expect(await call()).toStrictEqual({ sum: 6 });
  });

  it("names each wrong input field by its JSON pointer", async () => {
    const error = await errorOf(call({ input: { "a/b": [1, "two"], times: 0.5 } }));
    expect(error.code).toBe("invalid-input");
    expect(error.details).toMatchObject({ problems: [{ pointer: "/a~1b/1" }, { pointer: "/times" }] });
  });

  it("refuses an output that is not as declared", async () => {
    expect((await errorOf(call({ answer: async () => ({ sum: "six" }) }))).code).toBe("invalid-output");
  });

  it("refuses an action that does not exist", async () => {
    expect((await errorOf(call({ action: "try.none" }))).code).toBe("unknown-action");
  });

  it("tells only the name of an unknown exception, whose message may hold a secret", async () => {
    const error = await errorOf(call({ answer: () => Promise.reject(new TypeError("token=hunter2hunter2")) }));
    expect(error.code).toBe("unexpected");
    expect(error.message).toContain("TypeError");
    expect(error.message).not.toContain("hunter2");
  });

  it("aborts the action and says timed-out when it takes too long", async () => {
    let aborted = false;
    const error = await errorOf(
      call({
        timeoutMs: 5,
        answer: async (signal) => {
          signal.addEventListener("abort", () => (aborted = true));
          return untilAborted(signal);
        },
      }),
    );
    expect(error).toMatchObject({ code: "timed-out", retryable: true });
    expect(aborted).toBe(true);
  });

  it("says cancelled when the caller cancels, even if the action heeds no signal", async () => {
    const abort = new AbortController();
    const pending = errorOf(call({ signal: abort.signal, answer: () => new Promise(() => undefined) }));
    abort.abort();
    expect((await pending).code).toBe("cancelled");
    expect((await errorOf(call({ signal: abort.signal }))).code).toBe("cancelled");
  });

  it("does not call a doubtful failure retryable when the action must not be sent twice", async () => {
    const lost = () => Promise.reject(new ActionError("timed-out", "No answer.", { retryable: true, uncertain: true, details: { host: "h" } }));
    expect(await errorOf(call({ action: "try.change", answer: lost }))).toMatchObject({ code: "timed-out", retryable: false, uncertain: true, details: { host: "h" } });
    expect(await errorOf(call({ action: "try.set", answer: lost }))).toMatchObject({ code: "timed-out", retryable: true });
    expect(await errorOf(call({ action: "try.read", answer: lost }))).toMatchObject({ code: "timed-out", retryable: true });
    const refused = () => Promise.reject(new ActionError("connection-refused", "Refused.", { retryable: true }));
    expect(await errorOf(call({ action: "try.change", answer: refused }))).toMatchObject({ code: "connection-refused", retryable: true });
  });
});

describe("registerActions", () => {
  it("refuses two actions of the same name", () => {
    expect(() => registerActions([integration, integration])).toThrow(RangeError);
  });
});

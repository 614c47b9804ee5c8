import type { Effect, RunInput } from "../index.ts";

type Timeless<Input> = Input extends unknown ? Omit<Input, "at"> : never;
type Result = Timeless<RunInput>;

const failure = (code: string, retryable: boolean): { readonly code: string; readonly message: string; readonly retryable: boolean } => ({
  code,
  message: "It did not work.",
  retryable,
});

/** A number for a text, the same each time. */
export function chance(text: string): number {
  let value = 7;
  for (const character of text) value = (Math.imul(value, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return (Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0) % 1_000;
}

type Answering = { readonly [Type in Effect["type"]]: (effect: Extract<Effect, { readonly type: Type }>, luck: number) => Result };

const attempted = (effect: string, luck: number): Result =>
  luck < 650
    ? { type: "effect-succeeded", effect, output: { done: luck % 3 > 0, luck } }
    : { type: "effect-failed", effect, error: failure(luck < 850 ? "vendor-busy" : "vendor-refused", luck < 850), ...(luck < 700 ? { retryAfterMs: 60_000 } : {}) };

/** What the outside world says to an effect; `luck`, below 1000, chooses among what it may say. */
const answers: Answering = {
  "call-action": ({ id }, luck) => attempted(id, luck),
  "run-script": ({ id }, luck) => attempted(id, luck),
  "start-run": ({ id, detached }, luck) => {
    const run = `child of ${id}`;
    if (detached && luck < 900) return { type: "child-started", effect: id, run };
    if (luck < 600) return { type: "child-ended", effect: id, run, status: "succeeded", outputs: { done: luck % 2 === 0 } };
    if (luck < 900) return { type: "child-ended", effect: id, run, status: luck < 800 ? "failed" : "cancelled", outputs: {}, error: failure("x", false) };
    return { type: "effect-failed", effect: id, error: failure("unknown-playbook", false) };
  },
  "start-timer": ({ id }) => ({ type: "timer-fired", effect: id }),
  "open-ask": ({ id, ask }, luck) => ({ type: "ask-answered", effect: id, answer: ask.branches[luck % ask.branches.length]?.label ?? "", values: {}, by: "ana" }),
  "await-signal": ({ signal }) => ({ type: "signal-received", signal, data: null }),
  "cancel-effect": () => ({ type: "cancel-requested", by: "nobody" }),
  "cancel-run": () => ({ type: "cancel-requested", by: "nobody" }),
};

/** What the outside world says to this effect. */
export function resultOf(effect: Effect, luck: number): Result {
  return (answers[effect.type] as (effect: Effect, luck: number) => Result)(effect, luck);
}

import type { Json } from "../json.ts";
import { pointerOf } from "../pointer.ts";
import { secretsIn } from "../secrets-in.ts";
import type { Check } from "./check.ts";

/** Secrets written into the playbook; they belong into a connection. */
export const plainSecret: Check = function* ({ playbook }) {
  const places: [readonly (string | number)[], Json | undefined, string | undefined][] = [
    ...Object.entries(playbook.steps).flatMap(([id, step]) => [
      [["steps", id, "with"], "with" in step ? step.with : undefined, id] as [readonly (string | number)[], Json | undefined, string | undefined],
      [["steps", id, "values"], step.kind === "set" ? step.values : undefined, id] as [readonly (string | number)[], Json | undefined, string | undefined],
      [["steps", id, "source"], step.kind === "script" ? step.source : undefined, id] as [readonly (string | number)[], Json | undefined, string | undefined],
    ]),
    ...(playbook.inputs ?? []).map((input, at): [readonly (string | number)[], Json | undefined, string | undefined] => [
      ["inputs", at, "default"],
      input.default === undefined ? undefined : { [input.key]: input.default },
      undefined,
    ]),
  ];
  for (const [at, value, step] of places) {
    if (value === undefined) continue;
    for (const place of secretsIn(value)) {
      const within = at[0] === "inputs" ? place.slice(1) : place;
      yield {
        code: "plain-secret",
        severity: "warning",
        message: "This looks like a secret in plain text. Keep it in a connection, where it is encrypted.",
        ...(step === undefined ? {} : { step }),
        pointer: pointerOf([...at, ...within]),
      };
    }
  }
};

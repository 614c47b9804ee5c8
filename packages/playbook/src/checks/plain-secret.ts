import { embeddedLogic } from "../expression/resolve.ts";
import type { Json } from "../json.ts";
import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";

const secretKey = /(?:^|[^a-z]|[a-z](?=[A-Z]))(?:pass(?:word|wd|phrase)|secret|token|api[-_]?key|private[-_]?key|client[-_]?secret|authorization|credentials?)$/i;
const secretText = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bxox[abprs]-[0-9A-Za-z-]{10,}|\bgh[pousr]_[0-9A-Za-z]{30,}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./;

function* secretsIn(value: Json, at: readonly (string | number)[], named: boolean): Generator<readonly (string | number)[]> {
  if (typeof value === "string") {
    if ((named && value.trim() !== "" && !value.includes("{{")) || secretText.test(value)) yield at;
    return;
  }
  if (typeof value !== "object" || value === null || at.length > 60 || embeddedLogic(value) !== undefined) return;
  for (const [key, part] of Array.isArray(value) ? (value as readonly Json[]).entries() : Object.entries(value as { readonly [key: string]: Json }))
    yield* secretsIn(part, [...at, key], typeof key === "number" ? named : secretKey.test(key));
}

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
    for (const place of secretsIn(value, [], false)) {
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

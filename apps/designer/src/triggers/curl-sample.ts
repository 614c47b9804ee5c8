import type { Json } from "@drawbridge/playbook";
import type { TriggerView } from "@drawbridge/protocol";
import type { InputField } from "../library/run-input.ts";

const samples: { readonly [Type in InputField["type"]]: Json } = { string: "text", number: 1, boolean: true, object: {}, array: [], any: "value" };
const bodyPath = /\bwebhook\.body\.([A-Za-z_][\w.]*)/g;

/** A body that the webhook takes: what its expressions read, or each input when the whole body is handed over. */
export function sampleBody(inputs: TriggerView["inputs"], fields: readonly InputField[]): Json {
  if (inputs === null) return Object.fromEntries(fields.filter((field) => field.required === true).map(({ key, type }) => [key, samples[type]]));
  const body: Record<string, Json> = {};
  for (const [key, value] of Object.entries(inputs))
    for (const [, path = ""] of JSON.stringify(value).matchAll(bodyPath)) put(body, path.split("."), samples[fields.find((field) => field.key === key)?.type ?? "any"]);
  return body;
}

function put(body: Record<string, Json>, [first = "", ...rest]: readonly string[], value: Json): void {
  if (["__proto__", "constructor", "prototype", ""].includes(first)) return;
  if (rest.length === 0) body[first] ??= value;
  else {
    const inner = body[first];
    const next: Record<string, Json> = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? { ...(inner as Record<string, Json>) } : {};
    put(next, rest, value);
    body[first] = next;
  }
}

const shellText = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A request for a shell: signed with `$SECRET` where the webhook demands it. */
export function curlSample(address: string, signature: NonNullable<TriggerView["webhook"]>["signature"], body: Json): string {
  const text = shellText(JSON.stringify(body));
  const send = (data: string, headers: readonly string[]) =>
    [`curl -X POST ${shellText(address)}`, ...["'Content-Type: application/json'", ...headers].map((header) => `-H ${header}`), `--data-raw ${data}`].join(" \\\n  ");
  if (signature === null) return send(text, []);
  const { header, timestampHeader } = signature;
  const stamped = timestampHeader !== null;
  return [
    `body=${text}`,
    ...(stamped ? ["timestamp=$(date +%s)"] : []),
    `signature=$(printf '%s' ${stamped ? '"$timestamp.$body"' : '"$body"'} | openssl dgst -sha256 -hmac "$SECRET" -hex | sed 's/^.* //')`,
    send('"$body"', [`"${header}: sha256=$signature"`, ...(stamped ? [`"${timestampHeader}: $timestamp"`] : [])]),
  ].join("\n");
}

import { ActionError, type ActionContext, type HttpRequest, type Json, redact, responseError } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { HttpServiceClient } from "./client.ts";

const json: z.ZodType<Json> = z.json();
/** What was read as JSON needs no second look, however large it is. */
const received: z.ZodType<Json> = z.any();
const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const requestFields = {
  url: z
    .string()
    .min(1)
    .max(8_000)
    .describe("A path below the connection's address, or a full address where it has none.")
    .meta({ title: "URL", examples: ["/v1/status"] }),
  query: z
    .record(z.string(), z.union([scalar, z.array(z.union([z.string(), z.number()]))]))
    .optional()
    .describe("Added to the URL; lists repeat the name.")
    .meta({ title: "Query" }),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "is not a header name"), z.string().regex(/^[^\r\n\0]*$/, "must be one line"))
    .optional()
    .describe("Headers; credentials belong in the connection.")
    .meta({ title: "Headers" }),
  expectStatus: z
    .array(z.int().min(100).max(599))
    .min(1)
    .optional()
    .describe("Statuses that are a success; 200 to 299 unless told.")
    .meta({ title: "Expected status", examples: [[200, 404]] }),
};

export const bodyField = json.optional().describe("Sent as JSON; a text is sent as it is.").meta({ title: "Body" });

export const responseRecord = z.object({
  status: z
    .number()
    .describe("HTTP status.")
    .meta({ examples: [200] }),
  headers: z.record(z.string(), z.string()).describe("Headers of the answer, names in lower case."),
  body: received.describe("The answer: a value when it is JSON, else text; null when empty."),
});

export interface Exchange {
  readonly method: HttpRequest["method"];
  readonly url: string;
  readonly query?: HttpRequest["query"] | undefined;
  readonly headers?: { readonly [name: string]: string } | undefined;
  readonly body?: Json | undefined;
  readonly expectStatus?: readonly number[] | undefined;
  readonly idempotencyKey?: string;
}

/** Sends a request and takes the answer apart; a status that is not expected is an error with the vendor's mapping. */
export async function exchange(asked: Exchange, { client, signal }: ActionContext<HttpServiceClient>): Promise<z.input<typeof responseRecord>> {
  const given = Object.fromEntries(Object.entries(asked.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const body = asked.body === undefined ? undefined : typeof asked.body === "string" ? asked.body : JSON.stringify(asked.body);
  const response = await client.send({
    method: asked.method,
    path: asked.url,
    ...(asked.query === undefined ? {} : { query: asked.query }),
    headers: {
      accept: "application/json, */*;q=0.5",
      ...(body === undefined ? {} : { "content-type": typeof asked.body === "string" ? "text/plain; charset=utf-8" : "application/json" }),
      ...(asked.idempotencyKey === undefined ? {} : { "idempotency-key": asked.idempotencyKey }),
      ...given,
    },
    ...(body === undefined ? {} : { body }),
    signal,
  });
  const expected = asked.expectStatus?.includes(response.status) ?? (response.status >= 200 && response.status < 300);
  if (expected) return { status: response.status, headers: { ...response.headers }, body: valueOf(response.body) };
  const error = responseError("The service", response, response.body.trim() === "" ? null : redact(response.body.trim(), client.secrets), client.now());
  if (response.status >= 200 && response.status < 400)
    throw new ActionError("rejected", `The service answered ${response.status}, which is not expected.`, { details: { status: response.status } });
  throw error;
}

function valueOf(text: string): Json {
  if (text === "") return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

import { type Route, type RouteName, routes } from "@drawbridge/protocol";
import type * as z from "zod";
import { ApiProblem, problemFrom } from "./api-problem.ts";
import { earlyAnswer } from "./early-answers.ts";

type Given<Key extends string, Value> = unknown extends Value
  ? { readonly [K in Key]?: Value }
  : Record<never, never> extends Value
    ? { readonly [K in Key]?: Value }
    : { readonly [K in Key]: Value };

type PartsOf<Of> =
  Of extends Route<infer Params, infer Query, infer Body, z.ZodType> ? Given<"params", z.output<Params>> & Given<"query", z.output<Query>> & Given<"body", z.input<Body>> : never;

/** What a route is called with. */
export type Parts<Name extends RouteName> = PartsOf<(typeof routes)[Name]> & { readonly ifMatch?: string; readonly signal?: AbortSignal };

/** What a route answers. */
export type Answer<Name extends RouteName> = z.output<(typeof routes)[Name]["answer"]>;

interface LooseParts {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
}

const base = "/api/v1";
let csrf = "";
const signedOutListeners = new Set<() => void>();

/** Told when the server says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** The address of a route, below the origin. */
export function addressOf<Name extends RouteName>(name: Name, parts: Pick<LooseParts, "params" | "query"> = {}): string {
  const path = routes[name].path.replace(/:([A-Za-z]+)/g, (_, key: string) => encodeURIComponent(String(parts.params?.[key] ?? "")));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parts.query ?? {})) if (value !== undefined && value !== "") query.set(key, String(value));
  const text = query.toString();
  return `${base}${path}${text ? `?${text}` : ""}`;
}

/** Calls a route; throws ApiProblem. `etag` is for `ifMatch` of the next change. */
export async function call<Name extends RouteName>(
  name: Name,
  ...[parts]: Record<never, never> extends Parts<Name> ? [parts?: Parts<Name>] : [parts: Parts<Name>]
): Promise<{ data: Answer<Name>; etag: string | null }> {
  const { params, query, body, ifMatch, signal } = (parts ?? {}) as LooseParts;
  const method = routes[name].method.toUpperCase();
  const headers: Record<string, string> = { accept: "application/json" };
  if (method !== "GET") headers["x-csrf-token"] = csrf;
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch !== undefined) headers["if-match"] = ifMatch;

  let response: Response;
  try {
    const address = addressOf(name, { ...(params && { params }), ...(query && { query }) });
    response =
      (method === "GET" ? await earlyAnswer(address) : null) ??
      (await fetch(address, {
        method,
        headers,
        credentials: "same-origin",
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      }));
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem({
      code: "unreachable",
      status: 0,
      title: "The server cannot be reached",
      detail: "Check that Drawbridge is running and that you are on the network; then try again.",
    });
  }
  const text = await response.text();
  if (!response.ok) {
    const told = problemFrom(response.status, text);
    if (response.status === 401 && name !== "signIn") for (const listener of signedOutListeners) listener();
    throw told;
  }
  const data = (text === "" ? {} : JSON.parse(text)) as Answer<Name>;
  if (name === "signIn" || name === "getSession") csrf = (data as Answer<"getSession">).csrf;
  return { data, etag: response.headers.get("etag") };
}

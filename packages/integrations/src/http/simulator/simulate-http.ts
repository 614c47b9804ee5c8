import { createFaultBook, faultResponse, type HttpSimulation, type Json, simulatorTransport } from "@drawbridge/integration-kit";
import { HttpServiceClient } from "../client.ts";
import { httpSeed } from "./http-seed.ts";

interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly idempotencyKey: string | null;
  readonly body: Json;
}

/** A simulated service; the same over a socket and in memory. */
export interface HttpServiceSimulation extends HttpSimulation<HttpServiceClient> {
  readonly token: string | undefined;
}

/** Starts a service that answers from its seed's routes and remembers what came. */
export function simulateHttp(seed: Json, clock: () => number): HttpServiceSimulation {
  const { routes, token } = httpSeed.parse(seed ?? {});
  const faults = createFaultBook();
  const received: Received[] = [];
  const changes: { what: string; at: number }[] = [];
  const left = new Map(routes.map((route) => [route, [...route.answers]]));

  const handle = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const reads = request.method === "GET" || request.method === "HEAD";
    const fault = faults.take([reads ? "get" : "send"]);
    if (fault !== null) return faultResponse(fault, () => ({ error: "Simulated fault." }));
    if (token !== undefined && request.headers.get("authorization") !== `Bearer ${token}`) return Response.json({ error: "The token is missing or wrong." }, { status: 401 });
    const idempotencyKey = request.headers.get("idempotency-key");
    received.push({ method: request.method, path: pathname, query: search, idempotencyKey, body: bodyOf(await request.text()) });
    if (!reads) changes.push({ what: `${request.method} ${pathname} ${idempotencyKey ?? ""}`.trim(), at: clock() });
    const route = routes.find(({ method, path }) => method === request.method && matches(path, pathname));
    if (route === undefined) return Response.json({ error: `There is nothing at ${request.method} ${pathname}.` }, { status: 404 });
    const answers = left.get(route) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined) return new Response(null, { status: 204 });
    const { status, headers, body } = answer;
    const empty = body === null || request.method === "HEAD" || status === 204 || status === 304;
    if (empty) return new Response(null, { status, headers });
    return typeof body === "string" ? new Response(body, { status, headers }) : Response.json(body, { status, headers });
  };

  return {
    handle,
    token,
    client: () =>
      new HttpServiceClient({
        transport: simulatorTransport(handle),
        connection:
          token === undefined
            ? { baseUrl: "https://simulator.invalid", authentication: "none" }
            : { baseUrl: "https://simulator.invalid", authentication: "bearer", secret: token },
        now: clock,
      }),
    state: () => ({ requests: received.map((one) => ({ ...one })) }),
    changes: () => [...changes],
    fail: faults.add,
  };
}

function matches(pattern: string, pathname: string): boolean {
  const wanted = pattern.split("/");
  const actual = pathname.split("/");
  return wanted.length === actual.length && wanted.every((part, index) => part === "*" || part === actual[index]);
}

function bodyOf(text: string): Json {
  if (text === "") return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

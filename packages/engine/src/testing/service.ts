import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json } from "@drawbridge/playbook";
import type { ActionCaller } from "../ports.ts";

/** A vendor on a loopback port: it counts what it is asked, answers at once, and holds back what it is told to. `/fail` refuses, `/lost` leaves it open whether it did. */
export interface Service {
  readonly url: string;
  /** Requests by path and idempotency key. */
  readonly requests: readonly { readonly path: string; readonly key: string; readonly body: Json }[];
  /** Answers to `path` wait until it is released. */
  hold(path: string): void;
  release(path: string): void;
  /** The next answers to the path have these statuses. */
  refuse(path: string, statuses: readonly number[]): void;
  /** How many requests to the path were waiting for their answers at once, at most. */
  peak(path: string): number;
  /** Resolves when so many requests to the path, `*` for any, have come. */
  asked(path: string, times?: number): Promise<void>;
  close(): Promise<void>;
}

export async function startService(): Promise<Service> {
  const requests: { path: string; key: string; body: Json }[] = [];
  const counts = new Map<string, number>();
  const open = new Map<string, { now: number; peak: number }>();
  const held = new Map<string, (() => void)[]>();
  const refusals = new Map<string, number[]>();
  const waiting: { path: string; times: number; done: () => void }[] = [];
  const count = (path: string): number => (path === "*" ? requests.length : (counts.get(path) ?? 0));
  const server: Server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const path = incoming.url ?? "/";
      const body = JSON.parse(Buffer.concat(chunks).toString() || "null") as Json;
      const nth = (counts.get(path) ?? 0) + 1;
      counts.set(path, nth);
      const atOnce = open.get(path) ?? { now: 0, peak: 0 };
      open.set(path, atOnce);
      atOnce.now += 1;
      atOnce.peak = Math.max(atOnce.peak, atOnce.now);
      requests.push({ path, key: String(incoming.headers["idempotency-key"] ?? ""), body });
      for (const each of waiting.filter((one) => (one.path === path || one.path === "*") && count(one.path) >= one.times)) {
        waiting.splice(waiting.indexOf(each), 1);
        each.done();
      }
      const send = (): void => {
        atOnce.now -= 1;
        const status = refusals.get(path)?.shift() ?? (path === "/fail" ? 503 : path === "/lost" ? 502 : 200);
        answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ path, echo: body, nth }));
      };
      const queue = held.get(path);
      if (queue) queue.push(send);
      else send();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    hold: (path) => void held.set(path, []),
    release: (path) => {
      const queue = held.get(path) ?? [];
      held.delete(path);
      for (const send of queue) send();
    },
    peak: (path) => open.get(path)?.peak ?? 0,
    refuse: (path, statuses) => void refusals.set(path, [...statuses]),
    asked: (path, times = 1) => (count(path) >= times ? Promise.resolve() : new Promise((done) => waiting.push({ path, times, done }))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `test.read`, `test.change` and `test.repeat` post their input to `input.path` of the service; `test.large` makes its output itself. */
export function callerOf(url: string): ActionCaller {
  const facts = new Map<string, { readonly effect: "reads" | "changes"; readonly repeatable: boolean }>([
    ["test.read", { effect: "reads", repeatable: true }],
    ["test.change", { effect: "changes", repeatable: false }],
    ["test.repeat", { effect: "changes", repeatable: true }],
    ["test.large", { effect: "reads", repeatable: true }],
  ]);
  return {
    facts: (action) => facts.get(action) ?? null,
    call: async (effect, context) => {
      if (effect.action === "test.large") return { output: { text: "x".repeat(Number(effect.input["bytes"])) } };
      const { status, body } = await post(url + String(effect.input["path"] ?? "/"), effect.id, effect.input, context.signal);
      if (status === 200) return { output: body };
      const later = status === 429 ? { retryAfterMs: 90 } : {};
      const failure = { name: "ActionError", code: "unavailable", retryable: status === 503 || status === 429, uncertain: status === 502, ...later };
      throw Object.assign(new Error(`The service answered ${status}.`), failure);
    },
  };
}

function post(url: string, key: string, input: Json, signal: AbortSignal): Promise<{ readonly status: number; readonly body: Json }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers: { "idempotency-key": key, "content-type": "application/json" }, signal, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) as Json }));
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(JSON.stringify(input));
  });
}

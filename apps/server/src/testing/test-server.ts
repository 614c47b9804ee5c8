import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPostgres } from "@drawbridge/engine/postgres";
import { freshPostgres } from "@drawbridge/engine/testing";
import type { Role, RouteName, ServerToClient, WatchRequest, WatchAnswer } from "@drawbridge/protocol";
import { routes } from "@drawbridge/protocol";
import { io, type Socket } from "socket.io-client";
import { createServer } from "../create-server.ts";
import type { ServerOptions } from "../options.ts";
import { People } from "../sign-in/people.ts";
import { openStore } from "../store/open-store.ts";

/** One person of each role, and two more analysts. */
export const testPeople: readonly { readonly email: string; readonly name: string; readonly role: Role }[] = [
  { email: "vera@qrst.com", name: "Vera Viewer", role: "viewer" },
  { email: "anna@qrst.com", name: "Anna Analyst", role: "analyst" },
  { email: "tom@qrst.com", name: "Tom Analyst", role: "analyst" },
  { email: "erik@qrst.com", name: "Erik Engineer", role: "engineer" },
  { email: "ada@qrst.com", name: "Ada Admin", role: "admin" },
];
const password = "a long test password";

interface Sent {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A signed-in person at the HTTP interface. */
export class TestClient {
  readonly url: string;
  cookie = "";
  csrf = "";

  constructor(url: string) {
    this.url = url;
  }

  async signIn(email: string, secret = password): Promise<this> {
    const answer = await this.send("signIn", { body: { email, password: secret } });
    if (!answer.ok) throw new Error(`sign-in: ${await answer.text()}`);
    this.cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    this.csrf = ((await answer.json()) as { csrf: string }).csrf;
    return this;
  }

  send(name: RouteName, { params, query, body, headers }: Sent = {}): Promise<Response> {
    const path = routes[name].path.replace(/:(\w+)/g, (_whole: string, key: string) => encodeURIComponent(params?.[key] ?? ""));
    return fetch(`${this.url}/api/v1${path}${query ? `?${new URLSearchParams(query).toString()}` : ""}`, {
      method: routes[name].method.toUpperCase(),
      headers: { origin: this.url, cookie: this.cookie, "x-csrf-token": this.csrf, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  /** The parsed answer of a success. */
  async call<Answer = Record<string, unknown>>(name: RouteName, sent: Sent = {}): Promise<Answer> {
    const answer = await this.send(name, sent);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text}`);
    return JSON.parse(text) as Answer;
  }

  /** Status and problem of a refusal. */
  async refused(name: RouteName, sent: Sent = {}): Promise<{ status: number; code: string; pointer?: string; problems?: { pointer: string }[] }> {
    const answer = await this.send(name, sent);
    return { ...((await answer.json()) as { code: string }), status: answer.status };
  }

  socket(): TestSocket {
    return new TestSocket(this.url, this.cookie);
  }
}

export type Message = { [Name in keyof ServerToClient]: { readonly name: Name; readonly message: Parameters<ServerToClient[Name]>[0] } }[keyof ServerToClient];

/** A live connection that keeps every message. */
export class TestSocket {
  readonly socket: Socket;
  readonly messages: Message[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(url: string, cookie: string) {
    this.socket = io(url, { extraHeaders: { cookie }, transports: ["websocket"], reconnection: false, forceNew: true });
    this.socket.onAny((name: Message["name"], message: unknown) => {
      this.messages.push({ name, message } as Message);
      for (const wake of this.#waiting) wake();
    });
  }

  watch(request: WatchRequest | unknown): Promise<WatchAnswer> {
    return new Promise((resolve) => this.socket.emit("watch", request, resolve));
  }

  /** Resolves with what `find` finds among the messages, now or later. */
  async until<Found>(find: (messages: readonly Message[]) => Found | undefined): Promise<Found> {
    for (;;) {
      const found = find(this.messages);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  runEvents(run: string) {
    return this.messages.flatMap((each) => (each.name === "run-events" && each.message.run === run ? each.message.events : []));
  }

  close(): void {
    this.socket.disconnect();
  }
}

export interface TestServer {
  readonly url: string;
  readonly home: string;
  /** Null: the store is a file in its home. */
  readonly databaseUrl: string | null;
  readonly as: (name: string) => Promise<TestClient>;
  readonly poll: () => Promise<void>;
  readonly sweep: () => Promise<void>;
  readonly fireSchedules: () => Promise<void>;
  /** Whether the text is anywhere in the store. */
  readonly holds: (text: string) => Promise<boolean>;
  /** Stops it and starts another over the same data. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const onPostgres = process.env["DRAWBRIDGE_TEST_STORE"] === "postgres";

/** A real server on a free port with the test people, an empty library, and answers checked against their schemas; over PostgreSQL where the tests run on that. */
export async function startTestServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), "drawbridge-test-")));
  const fresh = onPostgres && options.databaseUrl === undefined ? await freshPostgres() : null;
  const databaseUrl = options.databaseUrl ?? fresh?.url;
  const opened = await openStore(home, databaseUrl ?? null, () => undefined);
  const people = new People(opened.store);
  await Promise.all(testPeople.map((person) => people.add({ ...person, password })));
  await opened.close();
  const start = () =>
    createServer({
      port: 0,
      logLevel: "silent",
      library: join(home, "library"),
      checkAnswers: true,
      pollSeconds: 3_600,
      ...options,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      home,
    });
  let running = await start();
  const known = new Map<string, Promise<TestClient>>();
  return {
    get url() {
      return running.url;
    },
    home,
    databaseUrl: databaseUrl ?? null,
    as: (name) => {
      const client = known.get(name) ?? new TestClient(running.url).signIn(`${name}@qrst.com`);
      known.set(name, client);
      return client;
    },
    poll: () => running.poll(),
    sweep: () => running.sweep(),
    fireSchedules: () => running.fireSchedules(),
    holds: async (text) => {
      if (databaseUrl === undefined) return ["", "-wal"].some((end) => readFileSync(join(home, `drawbridge.sqlite${end}`)).includes(text));
      const database = openPostgres(databaseUrl, { connections: 1 });
      const { rows } = await database.pool.query<{ all: string }>("select schema_to_xml('public', true, false, '')::text as all");
      await database.close();
      return rows[0]?.all.includes(text) === true;
    },
    restart: async () => {
      await running.close();
      known.clear();
      running = await start();
    },
    close: async () => {
      await running.close();
      await fresh?.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

import type { Server as HttpServer } from "node:http";
import type { Engine } from "@drawbridge/engine";
import type { TraceEvent } from "@drawbridge/interpreter";
import { type ClientToServer, type LiveMessages, type RunSummary, type ServerToClient, type WatchAnswer, type WatchRequest, watchRequest } from "@drawbridge/protocol";
import { Server, type Socket } from "socket.io";
import { maySeeCase } from "../access/visible.ts";
import type { Viewer } from "../access/viewer.ts";
import { asProblem } from "../as-problem.ts";
import type { CaseEvent } from "../cases/case-events.ts";
import type { CaseViews } from "../cases/case-views.ts";
import { sameOrigin } from "../http/same-origin.ts";
import type { Log } from "../log.ts";
import type { PlaybookNews } from "../playbooks/playbook-news.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import { ProblemError } from "../problem-error.ts";
import type { Bus } from "../processes/bus.ts";
import type { AskViews } from "../runs/ask-views.ts";
import type { FailedSteps } from "../runs/failed-steps.ts";
import { secretsOf, withoutSecrets } from "../runs/run-secrets.ts";
import type { RunViews } from "../runs/run-views.ts";
import type { People } from "../sign-in/people.ts";
import type { Sessions } from "../sign-in/sessions.ts";
import type { Store } from "../store/store.ts";
import { Backlog } from "./backlog.ts";
import { PlaybookRooms } from "./playbook-rooms.ts";
import { RunChannel } from "./run-channel.ts";
import { RunFeed } from "./run-feed.ts";

interface Parts {
  readonly store: Store;
  readonly bus: Bus;
  readonly people: People;
  readonly news: PlaybookNews;
  readonly sessions: Sessions;
  readonly engine: Engine;
  readonly shelf: PlaybookShelf;
  readonly runs: RunViews;
  readonly failedSteps: FailedSteps;
  readonly asks: AskViews;
  readonly cases: CaseViews;
  readonly log: Log;
}

type LiveSocket = Socket<ClientToServer, ServerToClient>;

interface Watcher {
  readonly socket: LiveSocket;
  readonly tokenHash: string;
  readonly cookies: string | undefined;
  viewer: Viewer;
  readonly topics: Set<string>;
  readonly feeds: Map<string, RunFeed>;
  readonly backlog: Backlog;
  /** What it has sent is answered in order. */
  answering: Promise<void>;
  /** Messages that came from it in these ten seconds. */
  messages: number;
}

/** As it was when the connection was made. */
const sessionOf = new WeakMap<LiveSocket, Awaited<ReturnType<Sessions["find"]>>>();

const batchMs = 50;
const mostWatches = 200;
/** Packets that may wait for a client before it is let go; it connects anew and reads again. */
const mostWaiting = 500;
/** Messages from a client in ten seconds. */
const mostMessages = 400;

/** Those with the same see the same. */
const keyOf = ({ viewer }: Watcher): string => `${viewer.role} ${viewer.email}`;
const topicOf = (request: WatchRequest): string => ("id" in request ? `${request.topic}/${request.id}` : request.topic);
const endings = new Set<TraceEvent["type"]>(["run-succeeded", "run-failed", "run-cancelled", "step-failed", "timer-fired", "step-succeeded", "rerun-requested"]);

/** Pushes what happens to those who watch and may see it; every message passes the checks of HTTP. */
export class LiveHub {
  readonly #parts: Parts;
  readonly #io: Server<ClientToServer, ServerToClient>;
  readonly #watchers = new Set<Watcher>();
  readonly #rooms: PlaybookRooms<Watcher>;
  /** By run, while somebody watches it. */
  readonly #channels = new Map<string, RunChannel>();
  readonly #changedRuns = new Map<string, boolean>();
  readonly #changedCases = new Map<string, CaseEvent[]>();
  /** The state in which each ask was last told, so that it is told when it changes only. */
  readonly #toldAsks = new Map<string, string>();
  #flush: NodeJS.Timeout | null = null;
  /** One batch after the other, so that no message overtakes another. */
  #telling: Promise<void> = Promise.resolve();
  readonly #unsubscribe: () => void;
  readonly #refill: NodeJS.Timeout;

  constructor(server: HttpServer, parts: Parts) {
    this.#parts = parts;
    const { bus, people, shelf, news, log } = parts;
    this.#rooms = new PlaybookRooms({ bus, people, shelf, news, log, send: (members, name, message) => this.#sendAll(members, name, message) });
    this.#io = new Server(server, {
      serveClient: false,
      maxHttpBufferSize: 64 * 1024,
      // A client that hears nothing knows within twelve seconds that what it shows is not live any more.
      pingInterval: 5_000,
      pingTimeout: 7_000,
      transports: ["websocket", "polling"],
      allowRequest: (request, decide) => {
        const session = sameOrigin(request) ? parts.sessions.find(request.headers.cookie) : Promise.resolve(null);
        session.then(
          (found) => decide(found ? null : "not-signed-in", found !== null),
          (error: unknown) => {
            parts.log.error({ err: error }, "a live connection could not be checked");
            decide("store-unavailable", false);
          },
        );
      },
    });
    this.#io.use((socket, next) => {
      parts.sessions.find(socket.handshake.headers.cookie).then(
        (session) => {
          sessionOf.set(socket, session);
          next(session ? undefined : new Error("not-signed-in"));
        },
        () => next(new Error("store-unavailable")),
      );
    });
    this.#io.on("connection", (socket) => this.#connected(socket));
    parts.sessions.onEnd((tokenHash) => {
      for (const watcher of this.#watchers) if (watcher.tokenHash === tokenHash) watcher.socket.disconnect(true);
    });
    this.#unsubscribe = parts.engine.subscribe((run, events) => this.#runHappened(run, events));
    this.#refill = setInterval(() => {
      for (const watcher of this.#watchers) watcher.messages = 0;
    }, 10_000);
    this.#refill.unref();
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  /** A case has changed. */
  caseHappened(event: CaseEvent): void {
    this.#changedCases.set(event.caseId, [...(this.#changedCases.get(event.caseId) ?? []), event]);
    this.#schedule();
  }

  /** What other processes did may have been missed: clients connect anew, and read what they watch. */
  reconnectAll(): void {
    for (const { socket } of this.#watchers) socket.conn.close(true);
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    clearInterval(this.#refill);
    if (this.#flush) clearTimeout(this.#flush);
    await this.#rooms.close();
    await this.#telling;
    for (const watcher of this.#watchers) for (const feed of watcher.feeds.values()) feed.stop();
    await this.#io.close();
  }

  #connected(socket: LiveSocket): void {
    const cookies = socket.handshake.headers.cookie;
    const session = sessionOf.get(socket);
    if (!session) return void socket.disconnect(true);
    const watcher: Watcher = {
      socket,
      tokenHash: session.tokenHash,
      cookies,
      viewer: session.person,
      topics: new Set(),
      feeds: new Map(),
      backlog: new Backlog(socket),
      answering: Promise.resolve(),
      messages: 0,
    };
    this.#watchers.add(watcher);
    socket.on("disconnect", () => {
      this.#watchers.delete(watcher);
      this.#rooms.gone(watcher);
      for (const feed of watcher.feeds.values()) feed.stop();
    });
    const handle = async (given: unknown, answer: unknown, act: (request: WatchRequest) => Promise<WatchAnswer> | WatchAnswer): Promise<void> => {
      const reply = typeof answer === "function" ? (answer as (answer: WatchAnswer) => void) : () => undefined;
      try {
        if (watcher.messages > mostMessages) throw new ProblemError("too-many-attempts", "Too many messages; wait a few seconds.");
        const current = await this.#parts.sessions.find(cookies);
        if (!current) throw new ProblemError("not-signed-in", "Sign in first.");
        watcher.viewer = current.person;
        const read = watchRequest.safeParse(given);
        if (!read.success) throw new ProblemError("invalid-request", read.error.issues[0]?.message ?? "This is not a watch.");
        reply(await act(read.data));
      } catch (thrown) {
        const problem = asProblem(thrown);
        if (problem.code === "internal-error") this.#parts.log.error({ err: problem.cause }, "a socket message could not be handled");
        reply({ ok: false, code: problem.code, detail: problem.message });
      }
    };
    const inTurn = (...message: Parameters<typeof handle>): void => {
      watcher.messages += 1;
      watcher.answering = watcher.answering.then(() => handle(...message));
    };
    socket.on("watch", (request: unknown, answer: unknown) => inTurn(request, answer, (read) => this.#watch(watcher, read)));
    socket.on("unwatch", (request: unknown, answer: unknown) =>
      inTurn(request, answer, (read) => {
        const topic = topicOf(read);
        watcher.topics.delete(topic);
        if (read.topic === "playbook") this.#rooms.leave(read.id, watcher);
        watcher.feeds.get(topic)?.stop();
        watcher.feeds.delete(topic);
        return { ok: true };
      }),
    );
  }

  async #watch(watcher: Watcher, request: WatchRequest): Promise<WatchAnswer> {
    const { runs, cases, shelf, store } = this.#parts;
    const topic = topicOf(request);
    if (watcher.topics.size >= mostWatches && !watcher.topics.has(topic)) throw new ProblemError("invalid-request", `A connection watches ${mostWatches} things at most.`);
    if (request.topic === "case") await cases.visible(watcher.viewer, request.id);
    if (request.topic === "playbook") await shelf.demand(request.id);
    if (request.topic !== "run") {
      if (!this.#watchers.has(watcher)) return { ok: true };
      watcher.topics.add(topic);
      if (request.topic === "playbook") this.#rooms.join(request.id, watcher);
      return { ok: true };
    }
    const row = await runs.visible(watcher.viewer, request.id);
    const playbook = (await shelf.read(row.playbook_id, row.playbook_version))?.playbook ?? null;
    if (!this.#watchers.has(watcher)) return { ok: true };
    watcher.topics.add(topic);
    watcher.feeds.get(topic)?.stop();
    const view = async (events: readonly TraceEvent[]): Promise<readonly TraceEvent[] | null> => {
      if (!(await runs.maySee(watcher.viewer, request.id))) return null;
      const place = (await store.first(store.sql.selectFrom("runs").select(["id", "case_id", "parent_run"]).where("id", "=", request.id))) ?? row;
      const secrets = await secretsOf(store, watcher.viewer, place, playbook);
      return secrets.steps.size + secrets.marks.length === 0 ? events : events.map((event) => withoutSecrets(event, request.id, secrets));
    };
    const feed = new RunFeed({
      channel: this.#channelOf(request.id),
      from: request.from,
      socket: watcher.socket.id,
      backlog: watcher.backlog,
      viewer: () => keyOf(watcher),
      view,
      failed: (error) => this.#parts.log.error({ err: error, run: request.id }, "a live trace could not be read"),
    });
    watcher.feeds.set(topic, feed);
    return { ok: true, lastSeq: row.last_seq };
  }

  #channelOf(run: string): RunChannel {
    for (const [id, { isEmpty }] of this.#channels) if (isEmpty) this.#channels.delete(id);
    const channel =
      this.#channels.get(run) ??
      new RunChannel({
        read: (from, limit) => this.#parts.engine.trace(run, from, limit),
        send: (sockets, events) => this.#io.to([...sockets]).emit("run-events", { run, events: [...events] }),
      });
    this.#channels.set(run, channel);
    return channel;
  }

  #runHappened(run: string, events: readonly TraceEvent[]): void {
    const channel = this.#channels.get(run);
    if (channel?.isEmpty) this.#channels.delete(run);
    else channel?.wake();
    const asked = events.some((event) => event.type === "ask-opened" || event.type === "ask-answered" || endings.has(event.type));
    this.#changedRuns.set(run, (this.#changedRuns.get(run) ?? false) || asked);
    this.#schedule();
  }

  #schedule(): void {
    this.#flush ??= setTimeout(() => {
      this.#flush = null;
      this.#telling = this.#telling.then(() => this.#tell());
    }, batchMs);
  }

  async #tell(): Promise<void> {
    try {
      await this.#tellRuns();
      await this.#tellCases();
    } catch (error) {
      this.#parts.log.error({ err: error }, "live messages could not be made");
    }
  }

  async #tellRuns(): Promise<void> {
    const changed = [...this.#changedRuns];
    this.#changedRuns.clear();
    if (this.#watchers.size === 0) return;
    const { runs, asks } = this.#parts;
    const told = new Map((await runs.summaries(changed.map(([id]) => id))).map((summary) => [summary.id, summary]));
    for (const [id, asked] of changed) {
      const summary = told.get(id);
      if (!summary) continue;
      const askIds = asked ? await this.#changedAsks(id) : [];
      const seen = new Map<string, Promise<boolean>>();
      const maySee = (watcher: Watcher): Promise<boolean> => {
        const known = seen.get(keyOf(watcher)) ?? runs.maySee(watcher.viewer, id);
        seen.set(keyOf(watcher), known);
        return known;
      };
      const interested: Watcher[] = [];
      for (const watcher of this.#watchers) {
        const ofCase = summary.caseId !== null && watcher.topics.has(`case/${summary.caseId}`);
        const ofRun = watcher.topics.has(`run/${id}`);
        const wanted = watcher.topics.has("runs") || ofRun || ofCase || (summary.parent !== null && watcher.topics.has(`run/${summary.parent.run}`));
        const asksWanted = askIds.length > 0 && (watcher.topics.has("asks") || ofRun || ofCase);
        if (!(wanted || asksWanted) || !(await maySee(watcher))) continue;
        if (wanted) interested.push(watcher);
        if (!asksWanted) continue;
        for (const askId of askIds) {
          const ask = await asks.find(watcher.viewer, askId);
          if (ask) this.#send(watcher, "ask-changed", { ask });
        }
      }
      await this.#tellRun(interested, summary);
    }
  }

  /** The same to all, but for whom the failed step would tell of a restricted case. */
  async #tellRun(watchers: readonly Watcher[], run: RunSummary): Promise<void> {
    if (run.failedStep === null) return this.#sendAll(watchers, "run-changed", { run });
    const told = new Map<RunSummary["failedStep"], Watcher[]>();
    for (const watcher of watchers) {
      const { failedStep } = await this.#parts.failedSteps.told(watcher.viewer, run);
      told.set(failedStep, [...(told.get(failedStep) ?? []), watcher]);
    }
    for (const [failedStep, some] of told) this.#sendAll(some, "run-changed", { run: { ...run, failedStep } });
  }

  async #changedAsks(run: string): Promise<string[]> {
    const { store } = this.#parts;
    const rows = await store.all(store.sql.selectFrom("asks").select(["id", "state"]).where("run_id", "=", run).orderBy("opened_at", "desc").limit(100));
    const changed = rows.filter(({ id, state }) => this.#toldAsks.get(id) !== state);
    if (this.#toldAsks.size > 10_000) this.#toldAsks.clear();
    for (const { id, state } of changed) this.#toldAsks.set(id, state);
    return changed.map(({ id }) => id);
  }

  async #tellCases(): Promise<void> {
    const changed = [...this.#changedCases];
    this.#changedCases.clear();
    const { cases, store } = this.#parts;
    for (const [id, events] of changed) {
      const entries = events.flatMap((event) => event.entries);
      const gone = new Set(events.flatMap((event) => event.gone));
      for (const watcher of this.#watchers) {
        const ofCase = watcher.topics.has(`case/${id}`);
        if (!ofCase && !watcher.topics.has("cases")) continue;
        if (!(await maySeeCase(store, watcher.viewer, id))) {
          if (gone.has(watcher.viewer.email)) this.#send(watcher, "case-gone", { id });
          watcher.topics.delete(`case/${id}`);
          continue;
        }
        const summary = await cases.summary(await cases.visible(watcher.viewer, id), watcher.viewer);
        this.#send(watcher, "case-changed", { id, summary });
        const secret = ofCase ? await cases.unmentionable(watcher.viewer, id) : [];
        const readable = entries.filter((entry) => !secret.some((mark) => JSON.stringify(entry).includes(mark)));
        if (ofCase && readable.length > 0) this.#send(watcher, "case-entries", { id, entries: readable });
      }
    }
  }

  #send<Name extends keyof LiveMessages>(watcher: Watcher, name: Name, message: LiveMessages[Name]): void {
    this.#sendAll([watcher], name, message);
  }

  /** The message is encoded once for all of them. */
  #sendAll<Name extends keyof LiveMessages>(watchers: readonly Watcher[], name: Name, message: LiveMessages[Name]): void {
    const ready = watchers.filter(({ backlog, socket }) => {
      if (backlog.waiting > mostWaiting) socket.conn.close(true);
      return backlog.waiting <= mostWaiting;
    });
    if (ready.length > 0) (this.#io.to(ready.map(({ socket }) => socket.id)).emit as (name: string, message: unknown) => void)(name, message);
  }
}

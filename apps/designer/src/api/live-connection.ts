import type { TraceEvent } from "@drawbridge/interpreter";
import type { LiveMessages, ServerToClient, WatchAnswer, WatchRequest } from "@drawbridge/protocol";

/** As much of a socket as is needed here; socket.io's client has it. */
export interface LiveSocket {
  readonly connected: boolean;
  /** When the server was last heard of, epoch ms; null before. */
  readonly heardAt: number | null;
  connect: () => unknown;
  disconnect: () => unknown;
  on: (event: string, listener: (message: never) => void) => unknown;
  emit: (event: "watch" | "unwatch", request: WatchRequest, answer: (answer: WatchAnswer) => void) => unknown;
}

/** `idle`: nothing is watched; `lost`: was live and tries to be again. */
export type ConnectionState = "idle" | "connecting" | "live" | "lost";

export type LiveHandlers = Partial<ServerToClient> & {
  /** The watch stands again after a lost connection: what was missed must be read. */
  readonly again?: () => void;
  readonly refused?: (code: string, detail: string) => void;
};

interface Watch {
  readonly request: () => WatchRequest;
  readonly key: string;
  readonly handlers: LiveHandlers;
  stood: boolean;
}

const keyOf = (request: WatchRequest) => ("id" in request ? `${request.topic}/${request.id}` : request.topic);
const messageNames = [
  "run-events",
  "run-changed",
  "case-changed",
  "case-entries",
  "case-gone",
  "ask-changed",
  "playbook-people",
  "version-published",
  "draft-saved",
] as const satisfies readonly (keyof LiveMessages)[];

/** Refusals that pass: the same is asked again a little later. */
const passing: ReadonlySet<string> = new Set(["store-unavailable", "shutting-down", "internal-error", "too-many-attempts"]);
const againMs = 2_000;

/** Watches that outlive a lost connection. `onState` hears of every change of the connection, and for a lost one until when it was heard of. */
export class LiveConnection {
  readonly #socket: LiveSocket;
  readonly #watches = new Set<Watch>();
  readonly #tell: (state: ConnectionState, heardAt: number | null) => void;
  #state: ConnectionState = "idle";

  constructor(socket: LiveSocket, onState: (state: ConnectionState, heardAt: number | null) => void) {
    this.#socket = socket;
    this.#tell = onState;
    socket.on("connect", () => {
      this.#become("live");
      for (const watch of this.#watches) this.#ask(watch);
    });
    socket.on("disconnect", () => this.#become(this.#watches.size > 0 ? "lost" : "idle"));
    socket.on("connect_error", () => this.#become("lost"));
    for (const name of messageNames) socket.on(name, (message) => this.#deliver(name, message));
  }

  /** Watches a topic until the returned function is called. */
  watch(request: () => WatchRequest, handlers: LiveHandlers): () => void {
    const watch: Watch = { request, key: keyOf(request()), handlers, stood: false };
    this.#watches.add(watch);
    if (this.#socket.connected) this.#ask(watch);
    else {
      if (this.#state !== "lost") this.#become("connecting");
      this.#socket.connect();
    }
    return () => {
      if (!this.#watches.delete(watch)) return;
      const shared = [...this.#watches].some((other) => other.key === watch.key);
      if (!shared && this.#socket.connected) this.#socket.emit("unwatch", watch.request(), () => undefined);
    };
  }

  /** Watches a run's trace from after `from`: every entry once, in order; a gap is asked for again. */
  watchRun(run: string, from: number, onEvents: (events: readonly TraceEvent[]) => void, handlers: Omit<LiveHandlers, "run-events"> = {}): () => void {
    let last = from;
    let repairing = false;
    const request = (): WatchRequest => ({ topic: "run", id: run, from: last });
    const repair = () => {
      if (repairing || !this.#socket.connected) return;
      repairing = true;
      this.#socket.emit("watch", request(), () => {
        repairing = false;
      });
    };
    return this.watch(request, {
      ...handlers,
      "run-events": (message) => {
        if (message.run !== run) return;
        const fresh: TraceEvent[] = [];
        let gap = false;
        for (const event of message.events) {
          if (event.seq <= last) continue;
          if (event.seq !== last + 1) {
            gap = true;
            break;
          }
          last = event.seq;
          fresh.push(event);
        }
        if (fresh.length > 0) {
          repairing = false;
          onEvents(fresh);
        }
        if (gap) repair();
      },
    });
  }

  /** Ends the connection, at sign-out; a later watch connects anew. */
  close(): void {
    this.#socket.disconnect();
    this.#become("idle");
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.#tell(state, state === "lost" ? this.#socket.heardAt : null);
  }

  #ask(watch: Watch): void {
    this.#socket.emit("watch", watch.request(), (answer) => {
      if (!this.#watches.has(watch)) return;
      if (!answer.ok && passing.has(answer.code)) return void setTimeout(() => this.#watches.has(watch) && this.#socket.connected && this.#ask(watch), againMs);
      if (!answer.ok) return watch.handlers.refused?.(answer.code, answer.detail);
      if (watch.stood) watch.handlers.again?.();
      watch.stood = true;
    });
  }

  #deliver<Name extends keyof LiveMessages>(name: Name, message: LiveMessages[Name]): void {
    for (const { handlers } of this.#watches) (handlers[name] as ((message: LiveMessages[Name]) => void) | undefined)?.(message);
  }
}

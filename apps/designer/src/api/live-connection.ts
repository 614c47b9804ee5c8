import type { TraceEvent } from "@drawbridge/interpreter";
import type { LiveMessages, ServerToClient, WatchAnswer, WatchRequest } from "@drawbridge/protocol";

/** As much of a socket as is needed here; socket.io's client has it. */
export interface LiveSocket {
  readonly connected: boolean;
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

/** Watches that outlive a lost connection. `onState` hears of every change of the connection. */
export class LiveConnection {
  readonly #socket: LiveSocket;
  readonly #watches = new Set<Watch>();
  readonly #onState: (state: ConnectionState) => void;

  constructor(socket: LiveSocket, onState: (state: ConnectionState) => void) {
    this.#socket = socket;
    this.#onState = onState;
    socket.on("connect", () => {
      onState("live");
      for (const watch of this.#watches) this.#ask(watch);
    });
    socket.on("disconnect", () => onState(this.#watches.size > 0 ? "lost" : "idle"));
    socket.on("connect_error", () => onState("lost"));
    for (const name of messageNames) socket.on(name, (message) => this.#deliver(name, message));
  }

  /** Watches a topic until the returned function is called. */
  watch(request: () => WatchRequest, handlers: LiveHandlers): () => void {
    const watch: Watch = { request, key: keyOf(request()), handlers, stood: false };
    this.#watches.add(watch);
    if (this.#socket.connected) this.#ask(watch);
    else {
      this.#onState("connecting");
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
        for (const event of message.events) {
          if (event.seq <= last) continue;
          if (event.seq !== last + 1) {
            repair();
            break;
          }
          last = event.seq;
          fresh.push(event);
        }
        if (fresh.length > 0) onEvents(fresh);
      },
    });
  }

  /** Ends the connection, at sign-out; a later watch connects anew. */
  close(): void {
    this.#socket.disconnect();
    this.#onState("idle");
  }

  #ask(watch: Watch): void {
    this.#socket.emit("watch", watch.request(), (answer) => {
      if (!this.#watches.has(watch)) return;
      if (!answer.ok) return watch.handlers.refused?.(answer.code, answer.detail);
      if (watch.stood) watch.handlers.again?.();
      watch.stood = true;
    });
  }

  #deliver<Name extends keyof LiveMessages>(name: Name, message: LiveMessages[Name]): void {
    for (const { handlers } of this.#watches) (handlers[name] as ((message: LiveMessages[Name]) => void) | undefined)?.(message);
  }
}

import type { TraceEvent } from "@drawbridge/interpreter";

export interface ChannelHost {
  readonly read: (from: number, limit: number) => Promise<readonly TraceEvent[]>;
  /** Sends the same to all these sockets. */
  readonly send: (sockets: readonly string[], events: readonly TraceEvent[]) => void;
}

/** Entries read once for all who are at the same place, and what of them each viewer may read. */
export interface Batch {
  readonly events: readonly TraceEvent[];
  /** Whether there may be more after these. */
  readonly full: boolean;
  readonly views: Map<string, Promise<readonly TraceEvent[] | null>>;
}

const batchMs = 40;

/** What all watchers of one run share: the moment of the next batch, what is read for it, and its encoding. */
export class RunChannel {
  readonly #host: ChannelHost;
  readonly #members = new Set<() => void>();
  readonly #due = new Set<() => void>();
  readonly #reads = new Map<number, Promise<Batch>>();
  readonly #outgoing = new Map<readonly TraceEvent[], string[]>();
  #nextAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(host: ChannelHost) {
    this.#host = host;
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  join(wake: () => void): void {
    this.#members.add(wake);
  }

  leave(wake: () => void): void {
    this.#members.delete(wake);
    if (!this.isEmpty || !this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** The run went on: what was read before is not all any more. */
  wake(): void {
    this.#reads.clear();
    for (const wake of this.#members) wake();
  }

  /** Calls back with the next batch: at once after a quiet while, and never more often than every 40 ms. */
  atNextBatch(pump: () => void): void {
    this.#due.add(pump);
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        this.#nextAt = performance.now() + batchMs;
        const due = [...this.#due];
        this.#due.clear();
        for (const each of due) each();
      },
      Math.max(0, this.#nextAt - performance.now()),
    );
  }

  /** Entries after `from`; those who ask for the same at the same time share one read. */
  read(from: number, limit: number): Promise<Batch> {
    const under = this.#reads.get(from);
    if (under) return under;
    const batch = this.#host.read(from, limit).then((events): Batch => ({ events, full: events.length >= limit, views: new Map() }));
    this.#reads.set(from, batch);
    const forget = (): void => void setImmediate(() => this.#reads.get(from) === batch && this.#reads.delete(from));
    batch.then(forget, forget);
    return batch;
  }

  /** Sends to this socket, together with all that are sent the same list in this turn of the event loop. */
  send(socket: string, events: readonly TraceEvent[]): void {
    if (this.#outgoing.size === 0) process.nextTick(() => this.#flush());
    const sockets = this.#outgoing.get(events);
    if (sockets) sockets.push(socket);
    else this.#outgoing.set(events, [socket]);
  }

  #flush(): void {
    const outgoing = [...this.#outgoing];
    this.#outgoing.clear();
    for (const [events, sockets] of outgoing) this.#host.send(sockets, events);
  }
}

import type { TraceEvent } from "@drawbridge/interpreter";
import type { Backlog } from "./backlog.ts";
import type { Batch, RunChannel } from "./run-channel.ts";

interface FeedHost {
  readonly channel: RunChannel;
  readonly from: number;
  readonly socket: string;
  readonly backlog: Pick<Backlog, "waiting" | "onDrained">;
  /** Whose view it is; watchers with the same see the same. */
  readonly viewer: () => string;
  /** The entries as the viewer may read them: the same list when nothing of it is secret, null when the run may not be seen. */
  readonly view: (events: readonly TraceEvent[]) => Promise<readonly TraceEvent[] | null>;
  readonly failed: (error: unknown) => void;
}

/** Entries of one batch: few at first, then as many as make about a megabyte. */
const entries = { first: 500, most: 5_000 };
const batchBytes = 1_000_000;
const sampled = 20;

/** How many entries like these make a batch. */
function batchOf(events: readonly TraceEvent[]): number {
  const some = events.slice(-sampled);
  const each = JSON.stringify(some).length / some.length;
  return Math.max(entries.first, Math.min(entries.most, Math.floor(batchBytes / each)));
}

/** Packets that may wait in the socket before nothing more is read for it. */
const mostWaiting = 2;

/** One watcher's way through one trace. It reads on from what it has sent, never faster than the socket takes it, so that a slow watcher costs no memory. */
export class RunFeed {
  readonly #host: FeedHost;
  #sent: number;
  #behind = true;
  #size = entries.first;
  /** It reads, or will with the next batch. */
  #busy = false;
  #stopped = false;

  constructor(host: FeedHost) {
    this.#host = host;
    this.#sent = host.from;
    host.channel.join(this.#wake);
    this.#pump();
  }

  stop(): void {
    this.#stopped = true;
    this.#host.channel.leave(this.#wake);
  }

  readonly #wake = (): void => {
    this.#behind = true;
    if (this.#stopped || this.#busy) return;
    this.#busy = true;
    this.#host.channel.atNextBatch(this.#pump);
  };

  readonly #pump = (): void => {
    this.#busy = true;
    void this.#readOn().then(() => {
      this.#busy = false;
      if (this.#behind && this.#host.backlog.waiting <= mostWaiting) this.#wake();
    });
  };

  async #readOn(): Promise<void> {
    const { backlog, channel, failed } = this.#host;
    try {
      while (this.#behind && !this.#stopped) {
        if (backlog.waiting > mostWaiting) return backlog.onDrained(this.#wake);
        this.#behind = false;
        const batch = await channel.read(this.#sent, this.#size);
        const last = batch.events.at(-1);
        if (!last || this.#stopped) continue;
        const seen = await this.#viewOf(batch);
        if (this.#stopped) return;
        if (seen === null) return this.stop();
        this.#sent = last.seq;
        channel.send(this.#host.socket, seen);
        if (!batch.full) return;
        this.#behind = true;
        this.#size = batchOf(batch.events);
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      failed(error);
    }
  }

  #viewOf({ events, views }: Batch): Promise<readonly TraceEvent[] | null> {
    const viewer = this.#host.viewer();
    const known = views.get(viewer);
    if (known) return known;
    const view = this.#host.view(events);
    views.set(viewer, view);
    return view;
  }
}

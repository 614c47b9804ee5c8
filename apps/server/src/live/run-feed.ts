import type { TraceEvent } from "@drawbridge/interpreter";
import type { Backlog } from "./backlog.ts";
import { type RunSecrets, withoutSecrets } from "../runs/run-secrets.ts";

interface FeedHost {
  readonly run: string;
  readonly from: number;
  readonly send: (events: TraceEvent[]) => void;
  readonly backlog: Pick<Backlog, "waiting" | "onDrained">;
  readonly read: (from: number, limit: number) => Promise<readonly TraceEvent[]>;
  readonly secrets: () => RunSecrets;
  readonly maySee: () => boolean;
  readonly failed: (error: unknown) => void;
}

const batchMs = 50;
const batchSize = 500;
/** Packets that may wait in the socket before nothing more is read for it. */
const mostWaiting = 8;

/** One watcher's way through one trace. It reads on from what it has sent, never faster than the socket takes it, so that a slow watcher costs no memory. */
export class RunFeed {
  readonly #host: FeedHost;
  #sent: number;
  #behind = false;
  #pumping = false;
  #stopped = false;
  #nextAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(host: FeedHost) {
    this.#host = host;
    this.#sent = host.from;
  }

  /** There is more to read. */
  wake(): void {
    this.#behind = true;
    if (this.#stopped || this.#pumping || this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        void this.#pump();
      },
      Math.max(0, this.#nextAt - performance.now()),
    );
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    const { backlog, run } = this.#host;
    try {
      while (this.#behind && !this.#stopped) {
        if (backlog.waiting > mostWaiting) {
          backlog.onDrained(() => this.wake());
          break;
        }
        this.#behind = false;
        const events = await this.#host.read(this.#sent, batchSize);
        const last = events.at(-1);
        if (!last || this.#stopped) continue;
        if (!this.#host.maySee()) return this.stop();
        const secrets = this.#host.secrets();
        this.#sent = last.seq;
        if (events.length === batchSize) this.#behind = true;
        this.#host.send(events.map((event) => withoutSecrets(event, run, secrets)));
        this.#nextAt = performance.now() + batchMs;
        if (events.length < batchSize) break;
      }
    } catch (error) {
      this.#host.failed(error);
    } finally {
      this.#pumping = false;
    }
    if (this.#behind && !this.#stopped && backlog.waiting <= mostWaiting) this.wake();
  }
}

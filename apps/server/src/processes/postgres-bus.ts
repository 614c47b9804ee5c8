import { sql } from "kysely";
import type { Log } from "../log.ts";
import { newId } from "../store/new-id.ts";
import type { Store } from "../store/store.ts";
import type { Bus } from "./bus.ts";
import type { Line } from "./line.ts";
import type { Notice, NoticeOf } from "./notice.ts";

type Listener = (notice: never) => Promise<void> | void;

const channel = "drawbridge_notices";
const againMs = 1_000;

/** Notices by NOTIFY, which PostgreSQL delivers when the transaction that sent them is committed. */
export class PostgresBus implements Bus {
  readonly #store: Store;
  readonly #line: Line;
  readonly #log: Log;
  readonly #process = newId("", Date.now());
  readonly #listeners = new Map<Notice["kind"], Listener[]>();
  readonly #missed: (() => Promise<void> | void)[] = [];
  #handling: Promise<void> = Promise.resolve();
  #again: NodeJS.Timeout | null = null;
  #opened = false;
  #closed = false;

  constructor(store: Store, line: Line, log: Log) {
    this.#store = store;
    this.#line = line;
    this.#log = log;
    line.onOpened(async () => {
      await line.query(`listen ${channel}`);
      if (this.#opened) this.#inTurn(() => this.#readAnew());
      this.#opened = true;
    });
    line.onHeard((payload) => this.#received(payload));
  }

  async tell(notice: Notice): Promise<void> {
    const payload = JSON.stringify({ from: this.#process, notice });
    await this.#store.run({ compile: () => sql`select pg_notify(${channel}, ${payload})`.compile(this.#store.sql) });
  }

  on<Kind extends Notice["kind"]>(kind: Kind, listener: (notice: NoticeOf<Kind>) => Promise<void> | void): void {
    this.#listeners.set(kind, [...(this.#listeners.get(kind) ?? []), listener]);
  }

  onMissed(listener: () => Promise<void> | void): void {
    this.#missed.push(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#again) clearTimeout(this.#again);
    await this.#line.close();
    await this.#handling;
  }

  #received(payload: string): void {
    const { from, notice } = JSON.parse(payload) as { readonly from: string; readonly notice: Notice };
    if (from === this.#process) return;
    this.#inTurn(async () => {
      for (const listener of this.#listeners.get(notice.kind) ?? []) await listener(notice as never);
    });
  }

  /** What fails is made up for by reading everything anew. */
  #inTurn(work: () => Promise<void>): void {
    this.#handling = this.#handling.then(async () => {
      if (this.#closed) return;
      try {
        await work();
      } catch (error) {
        this.#log.warn({ err: error }, "what another process has changed could not be read");
        this.#again ??= setTimeout(() => {
          this.#again = null;
          this.#inTurn(() => this.#readAnew());
        }, againMs);
      }
    });
  }

  async #readAnew(): Promise<void> {
    for (const listener of this.#missed) await listener();
  }
}

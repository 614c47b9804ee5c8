import type { TraceEvent } from "@drawbridge/interpreter";
import type { Queries, RunTables } from "./run-tables.ts";
import { LastUsed } from "./last-used.ts";

export const newsChannel = "drawbridge_runs";

/** What a process tells the others of a turn: its own name, the run, the burst's first and last `seq`, whether something under way may be pointless now. */
interface Message {
  readonly p: string;
  readonly r: string;
  readonly f: number;
  readonly l: number;
  readonly s?: true;
}

export interface NewsPorts {
  readonly pool: Queries;
  readonly tables: RunTables;
  /** Whether anyone wants to hear. */
  wanted(): boolean;
  tell(run: string, events: readonly TraceEvent[]): void;
  /** Another process's turn: effects of the run under way here may be pointless. */
  stopped(run: string): void;
  problem(code: string, message: string): void;
}

/** How long further news are gathered before their entries are read, in ms. */
const gatherMs = 10;
const remembered = 20_000;

/** Tells listeners of every entry that any process commits, each once and in order: what was announced by others is read from the store. */
export class News {
  private readonly ports: NewsPorts;
  private readonly process: string;
  /** Up to which `seq` listeners have heard of a run; ends a burst. */
  private readonly heard = new LastUsed<number>(remembered);
  /** What is to be read from the store, and after which `seq`. */
  private readonly behind = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;
  private reading = false;
  private stopped = false;

  constructor(process: string, ports: NewsPorts) {
    this.process = process;
    this.ports = ports;
  }

  /** A turn of the run is about to be committed here, which stands at `seq`. */
  expect(run: string, seq: number): void {
    if (seq === 0) this.heard.set(run, 0);
  }

  /** What to tell the others in the transaction of a turn. */
  announcement(run: string, first: number, last: number, stops: boolean): readonly [channel: string, message: string] {
    const message: Message = { p: this.process, r: run, f: first, l: last, ...(stops ? { s: true } : {}) };
    return [newsChannel, JSON.stringify(message)];
  }

  /** What was committed here. */
  committed(run: string, events: readonly TraceEvent[]): void {
    const first = events[0]?.seq;
    const last = events.at(-1)?.seq;
    const heard = this.heard.get(run);
    // Of a run not heard of before, what others committed earlier may still be on its way: the session hears of all in the order of commits, of this too.
    if (first === undefined || last === undefined || heard === undefined || heard >= last) return;
    if (heard === first - 1) {
      this.heard.set(run, last);
      this.ports.tell(run, events);
    } else this.read(run, heard);
  }

  received(payload: string): void {
    let message: Message;
    try {
      message = JSON.parse(payload) as Message;
    } catch {
      return;
    }
    const own = message.p === this.process;
    if (message.s && !own) this.ports.stopped(message.r);
    const heard = this.heard.get(message.r);
    if (heard === undefined) this.heard.set(message.r, message.f - 1);
    else if (own) return;
    if (heard === undefined || heard < message.l) this.read(message.r, heard ?? message.f - 1);
  }

  /** Nothing was heard since then, epoch ms: looks what was missed. */
  async missed(since: number): Promise<void> {
    if (!this.ports.wanted()) return this.heard.clear();
    const known = [...this.heard.entries()];
    for (let from = 0; from < known.length; from += 5_000) {
      const some = known.slice(from, from + 5_000);
      const text = "select id from runs join unnest($1::text[], $2::int[]) as known (run, heard) on id = known.run and last_seq > known.heard";
      const { rows } = await this.ports.pool.query<{ id: string }>(text, [some.map(([run]) => run), some.map(([, seq]) => seq)]);
      for (const { id } of rows) this.read(id, this.heard.get(id) ?? 0);
    }
    for (const { run, heard } of await this.ports.tables.changedSince(this.ports.pool, since)) {
      if (this.heard.get(run) !== undefined) continue;
      this.heard.set(run, heard);
      this.read(run, heard);
    }
  }

  stop(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private read(run: string, after: number): void {
    if (!this.ports.wanted()) return this.heard.delete(run);
    if (!this.behind.has(run)) this.behind.set(run, after);
    if (this.timer || this.reading || this.stopped) return;
    this.timer = setTimeout(() => void this.readBehind(), gatherMs);
  }

  private async readBehind(): Promise<void> {
    this.timer = null;
    this.reading = true;
    const known = [...this.behind].slice(0, 200).map(([run, after]): [string, number] => [run, this.heard.get(run) ?? after]);
    for (const [run] of known) this.behind.delete(run);
    try {
      const found = await this.ports.tables.eventsOf(this.ports.pool, known);
      for (const [run, after] of known) {
        const heard = this.heard.get(run) ?? after;
        const news = (found.get(run) ?? []).filter((event) => event.seq > heard);
        const last = news.at(-1)?.seq;
        if (last === undefined) continue;
        this.heard.set(run, last);
        this.ports.tell(run, news);
      }
    } catch (error) {
      for (const [run, after] of known) if (!this.behind.has(run)) this.behind.set(run, after);
      this.ports.problem("news-unread", error instanceof Error ? error.message : String(error));
    }
    this.reading = false;
    if (this.behind.size > 0 && !this.stopped) this.timer = setTimeout(() => void this.readBehind(), gatherMs);
  }
}

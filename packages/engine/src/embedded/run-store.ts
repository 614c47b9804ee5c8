import type Sqlite from "better-sqlite3";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { type Burst, unpackBurst } from "../store/burst.ts";
import type { AskRow, DoubtRow, RunEventsRow, RunRow } from "../store/tables.ts";

/** Everything that one turn of a run changes in the store. */
export interface RunWrite {
  readonly row: RunRow;
  readonly isNew: boolean;
  readonly burst: Burst | null;
  readonly asksOpened: readonly AskRow[];
  readonly asksClosed: readonly Pick<AskRow, "id" | "state" | "answer" | "answered_by" | "closed_at">[];
  readonly doubtsOpened: readonly DoubtRow[];
  readonly doubtsClosed: readonly Pick<DoubtRow, "id" | "state" | "decided_by" | "closed_at">[];
  readonly timersSet: readonly { readonly id: string; readonly run: string; readonly at: number }[];
  readonly timersCleared: readonly string[];
}

/** Reads and writes runs with prepared statements, synchronously. */
export class RunStore {
  private readonly db: Sqlite.Database;
  private readonly statements: ReturnType<typeof prepare>;
  private readonly writeAll: (writes: readonly RunWrite[]) => void;

  constructor(db: Sqlite.Database) {
    this.db = db;
    this.statements = prepare(db);
    this.writeAll = db.transaction((writes: readonly RunWrite[]) => {
      for (const write of writes) this.write(write);
    });
  }

  /** Whether somebody else's transaction is open on this connection. */
  get occupied(): boolean {
    return this.db.inTransaction;
  }

  /** All of it in one transaction, synced to disk when this returns. */
  commit(writes: readonly RunWrite[]): void {
    this.writeAll(writes);
  }

  /** Writes and takes it back; throws when the store takes nothing. */
  probe(): void {
    this.db.transaction(() => {
      this.statements.setTimer.run("probe", "", 0);
      this.statements.clearTimer.run("probe");
    })();
  }

  findRun(id: string): RunRow | null {
    return this.statements.findRun.get(id) ?? null;
  }

  findByStartKey(key: string): RunRow | null {
    return this.statements.findByStartKey.get(key) ?? null;
  }

  openRuns(): number {
    return this.statements.countOpen.get()?.count ?? 0;
  }

  runsInFlight(): RunRow[] {
    return this.statements.inFlight.all();
  }

  openRunsOfCase(caseId: string): string[] {
    return this.statements.openOfCase.all(caseId).map((row) => row.id);
  }

  childrenOf(run: string): RunRow[] {
    return this.statements.children.all(run);
  }

  timers(): { id: string; run: string; at: number }[] {
    return this.statements.timers.all();
  }

  openAsks(run: string): Pick<AskRow, "id" | "step">[] {
    return this.statements.openAsks.all(run);
  }

  openDoubts(run: string): Pick<DoubtRow, "id" | "step">[] {
    return this.statements.openDoubts.all(run);
  }

  /** Entries after `from` as stored. */
  events(run: string, from: number, limit: number): TraceEvent[] {
    const events: TraceEvent[] = [];
    for (const row of this.statements.eventsFrom.iterate(run, from)) {
      for (const event of unpackBurst(row)) {
        if (event.seq <= from) continue;
        events.push(event);
        if (events.length >= limit) return events;
      }
    }
    return events;
  }

  /** Every entry, payloads in place. */
  *wholeTrace(run: string): Generator<TraceEvent> {
    for (const row of this.statements.eventsFrom.all(run, 0)) yield* unpackBurst(row, (hash) => this.resolve(hash));
  }

  payload(run: string, hash: string): Json | undefined {
    return this.statements.ownsPayload.get(run, hash) ? this.resolve(hash) : undefined;
  }

  private resolve(hash: string): Json {
    const row = this.statements.payload.get(hash);
    if (!row) throw new Error(`payload ${hash} is not in the store`);
    return JSON.parse(row.body) as Json;
  }

  private write(write: RunWrite): void {
    const { row, burst } = write;
    const to = this.statements;
    if (write.isNew) to.insertRun.run(row);
    else to.updateRun.run(row.status, row.outcome, row.case_id, row.ended_at, row.last_seq, row.in_flight, row.error_code, row.failed_step, row.id);
    if (burst) {
      to.insertEvents.run(row.id, burst.seq, burst.lastSeq, burst.at, burst.body, burst.payloads);
      for (const each of burst.stored) {
        to.insertPayload.run(each.hash, each.bytes, each.body);
        to.insertRunPayload.run(row.id, each.hash);
      }
    }
    for (const each of write.asksOpened) to.insertAsk.run(each);
    for (const each of write.asksClosed) to.closeAsk.run(each.state, each.answer, each.answered_by, each.closed_at, each.id);
    for (const each of write.doubtsOpened) to.insertDoubt.run(each);
    for (const each of write.doubtsClosed) to.closeDoubt.run(each.state, each.decided_by, each.closed_at, each.id);
    for (const each of write.timersSet) to.setTimer.run(each.id, each.run, each.at);
    for (const each of write.timersCleared) to.clearTimer.run(each);
    if (row.ended_at !== null) to.clearTimersOfRun.run(row.id);
  }
}

function prepare(db: Sqlite.Database) {
  const insert = (table: string, columns: readonly string[]): string => `insert into ${table} (${columns.join(", ")}) values (${columns.map((column) => `@${column}`).join(", ")})`;
  return {
    insertRun: db.prepare<[RunRow]>(
      insert("runs", [
        "id",
        "playbook_id",
        "playbook_version",
        "status",
        "outcome",
        "case_id",
        "parent_run",
        "parent_step",
        "trigger_kind",
        "trigger_by",
        "started_at",
        "ended_at",
        "last_seq",
        "in_flight",
        "error_code",
        "failed_step",
        "start_key",
      ]),
    ),
    updateRun: db.prepare<[string, string | null, string | null, string | null, number, number, string | null, string | null, string]>(
      "update runs set status = ?, outcome = ?, case_id = ?, ended_at = ?, last_seq = ?, in_flight = ?, error_code = ?, failed_step = ? where id = ?",
    ),
    insertEvents: db.prepare<[string, number, number, number, string, string | null]>("insert into run_events (run_id, seq, last_seq, at, body, payloads) values (?, ?, ?, ?, ?, ?)"),
    insertPayload: db.prepare<[string, number, string]>("insert into payloads (hash, bytes, body) values (?, ?, ?) on conflict (hash) do nothing"),
    insertRunPayload: db.prepare<[string, string]>("insert into run_payloads (run_id, hash) values (?, ?) on conflict (run_id, hash) do nothing"),
    insertAsk: db.prepare<[AskRow]>(insert("asks", ["id", "run_id", "step", "case_id", "ask", "opened_at", "until", "state", "answer", "answered_by", "closed_at"])),
    closeAsk: db.prepare<[string, string | null, string | null, string | null, string]>("update asks set state = ?, answer = ?, answered_by = ?, closed_at = ? where id = ? and state = 'open'"),
    insertDoubt: db.prepare<[DoubtRow]>(
      `${insert("doubts", ["id", "run_id", "step", "raised_at", "state", "decided_by", "closed_at"])} on conflict (id) do update set state = 'open', raised_at = excluded.raised_at, decided_by = null, closed_at = null`,
    ),
    closeDoubt: db.prepare<[string, string | null, string | null, string]>("update doubts set state = ?, decided_by = ?, closed_at = ? where id = ? and state = 'open'"),
    setTimer: db.prepare<[string, string, number]>("insert into timers (id, run_id, at) values (?, ?, ?) on conflict (id) do update set at = excluded.at"),
    clearTimer: db.prepare<[string]>("delete from timers where id = ?"),
    clearTimersOfRun: db.prepare<[string]>("delete from timers where run_id = ?"),
    findRun: db.prepare<[string], RunRow>("select * from runs where id = ?"),
    findByStartKey: db.prepare<[string], RunRow>("select * from runs where start_key = ?"),
    countOpen: db.prepare<[], { count: number }>("select count(*) as count from runs where ended_at is null"),
    inFlight: db.prepare<[], RunRow>("select * from runs where ended_at is null and in_flight > 0 order by id"),
    openOfCase: db.prepare<[string], { id: string }>("select id from runs where case_id = ? and ended_at is null order by id"),
    children: db.prepare<[string], RunRow>("select * from runs where parent_run = ? order by id"),
    timers: db.prepare<[], { id: string; run: string; at: number }>("select id, run_id as run, at from timers"),
    openAsks: db.prepare<[string], { id: string; step: string }>("select id, step from asks where run_id = ? and state = 'open'"),
    openDoubts: db.prepare<[string], { id: string; step: string }>("select id, step from doubts where run_id = ? and state = 'open'"),
    eventsFrom: db.prepare<[string, number], RunEventsRow>("select * from run_events where run_id = ? and last_seq > ? order by seq"),
    payload: db.prepare<[string], { body: string }>("select body from payloads where hash = ?"),
    ownsPayload: db.prepare<[string, string], { hash: string }>("select hash from run_payloads where run_id = ? and hash = ?"),
  };
}

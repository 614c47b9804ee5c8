import type Sqlite from "better-sqlite3";
import type { Run, TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { type Burst, unpackBurst } from "../store/burst.ts";
import { type StoreChange, StoreThread } from "./store-thread.ts";
import { type CallRecord, readCallRecord } from "../store/call-record.ts";
import { unpackSnapshot } from "../store/snapshot.ts";
import { askColumns, doubtColumns, runColumns } from "../store/columns.ts";
import type { AskRow, DoubtRow, RunEventsRow, RunRow, RunSnapshotRow } from "../store/tables.ts";

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
  readonly records: readonly CallRecord[];
}

/** A run with what is known of the one that called it. */
export interface CalledRun {
  readonly id: string;
  readonly parent: string;
  readonly playbook: string;
  readonly version: number;
  readonly step: string;
  readonly effect: string;
  readonly open: boolean;
  readonly parentOpen: boolean;
}

/** Reads runs with prepared statements, synchronously, and writes them through the store's thread. */
export class RunStore {
  private readonly statements: ReturnType<typeof prepare>;
  private readonly thread: StoreThread;

  constructor(db: Sqlite.Database, busyMs: number) {
    this.statements = prepare(db);
    this.thread = new StoreThread(db.name, writing, { insertEvents: 4, saveCallRecord: 2 }, busyMs);
  }

  /** All of it in one transaction; resolves when it is synced to disk, and rejects with a `StoreRefusal` when nothing of it is kept. */
  commit(writes: readonly RunWrite[]): Promise<void> {
    return this.thread.commit(writes.flatMap(changesOf));
  }

  /** Deletes runs that have ended and all that belongs to them, leaving a note of when. */
  deleteRuns(ids: readonly string[], at: string): Promise<void> {
    return this.thread.commit(
      [...ids].reverse().flatMap((id): StoreChange[] => [["noteDeleted", [at, id]], ...deletions.map((name): StoreChange => [name, name === "deletePayloads" ? [id, id] : [id]])]),
    );
  }

  /** Writes and takes it back; rejects when the store takes nothing. */
  probe(): Promise<void> {
    return this.thread.commit([
      ["setTimer", ["probe", "", 0]],
      ["clearTimer", ["probe"]],
    ]);
  }

  close(): Promise<void> {
    return this.thread.close();
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

  /** The runs that others called, as long as one of the two is open. */
  calledRuns(): CalledRun[] {
    return this.statements.called
      .all()
      .map(({ start_key, ended, parent_ended, ...row }) => ({ ...row, effect: start_key.slice("effect/".length), open: ended === null, parentOpen: parent_ended === null }));
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

  /** Entries after `from` as stored; begins at the row that holds the first of them, so that a long trace costs no more. */
  events(run: string, from: number, limit: number): TraceEvent[] {
    const events: TraceEvent[] = [];
    for (const row of this.statements.eventsFrom.iterate(run, run, from + 1)) {
      for (const event of unpackBurst(row)) {
        if (event.seq <= from) continue;
        events.push(event);
        if (events.length >= limit) return events;
      }
    }
    return events;
  }

  /** Every entry after `from`, payloads in place. */
  *wholeTrace(run: string, from = 0): Generator<TraceEvent> {
    for (const row of this.statements.eventsFrom.all(run, run, from + 1)) for (const event of unpackBurst(row, (hash) => this.resolve(hash))) if (event.seq > from) yield event;
  }

  /** The last snapshot of the run that can still be read. */
  snapshot(run: string): { readonly run: Run; readonly bytes: number } | null {
    const row = this.statements.snapshot.get(run);
    const state = row ? unpackSnapshot(row) : null;
    return row && state ? { run: state, bytes: row.state.length } : null;
  }

  saveSnapshot(row: RunSnapshotRow): Promise<void> {
    return this.thread.commit([["saveSnapshot", [row.run_id, row.seq, row.format, row.state]]]);
  }

  payload(run: string, hash: string): Json | undefined {
    return this.statements.ownsPayload.get(run, hash) ? this.resolve(hash) : undefined;
  }

  callRecord(run: string, effect: string): Json | undefined {
    const row = this.statements.callRecord.get(run, effect);
    return row && readCallRecord(row.body);
  }

  private resolve(hash: string): Json {
    const row = this.statements.payload.get(hash);
    if (!row) throw new Error(`payload ${hash} is not in the store`);
    return JSON.parse(row.body) as Json;
  }
}

const insert = (table: string, columns: readonly string[]): string => `insert into ${table} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})`;
const pick = <Row, Column extends keyof Row>(row: Row, columns: readonly Column[]): Row[Column][] => columns.map((column) => row[column]);

const ended = "(select id from runs where id = ? and ended_at is not null)";
const deletions = [
  "deletePayloads",
  "deleteRunPayloads",
  "deleteEvents",
  "deleteSnapshots",
  "deleteCallRecords",
  "deleteAsks",
  "deleteDoubts",
  "deleteTimers",
  "deleteRun",
] as const;

/** The statements of the store's thread. */
const writing = {
  insertRun: insert("runs", runColumns),
  updateRun: "update runs set status = ?, outcome = ?, case_id = ?, ended_at = ?, last_seq = ?, in_flight = ?, error_code = ?, failed_step = ? where id = ?",
  insertEvents: insert("run_events", ["run_id", "seq", "last_seq", "at", "body", "payloads"]),
  insertPayload: "insert into payloads (hash, bytes, body) values (?, ?, ?) on conflict (hash) do nothing",
  insertRunPayload: "insert into run_payloads (run_id, hash) values (?, ?) on conflict (run_id, hash) do nothing",
  insertAsk: insert("asks", askColumns),
  closeAsk: "update asks set state = ?, answer = ?, answered_by = ?, closed_at = ? where id = ? and state = 'open'",
  insertDoubt: `${insert("doubts", doubtColumns)} on conflict (id) do update set state = 'open', raised_at = excluded.raised_at, decided_by = null, closed_at = null`,
  closeDoubt: "update doubts set state = ?, decided_by = ?, closed_at = ? where id = ? and state = 'open'",
  saveSnapshot:
    "insert into run_snapshots (run_id, seq, format, state) values (?, ?, ?, ?) on conflict (run_id) do update set seq = excluded.seq, format = excluded.format, state = excluded.state",
  saveCallRecord: "insert into call_records (run_id, effect, body) values (?, ?, ?) on conflict (run_id, effect) do update set body = excluded.body",
  setTimer: "insert into timers (id, run_id, at) values (?, ?, ?) on conflict (id) do update set at = excluded.at",
  clearTimer: "delete from timers where id = ?",
  noteDeleted: `insert into deleted_runs (id, playbook_id, case_id, caller_case, ended_at, deleted_at)
    select id, playbook_id, case_id, (select caller.case_id from runs as caller where caller.id = runs.parent_run), ended_at, ? from runs where id = ? and ended_at is not null on conflict (id) do nothing`,
  deletePayloads: `delete from payloads where hash in (select hash from run_payloads where run_id in ${ended}) and not exists (select 1 from run_payloads as other where other.hash = payloads.hash and other.run_id <> ?)`,
  deleteRunPayloads: `delete from run_payloads where run_id in ${ended}`,
  deleteEvents: `delete from run_events where run_id in ${ended}`,
  deleteSnapshots: `delete from run_snapshots where run_id in ${ended}`,
  deleteCallRecords: `delete from call_records where run_id in ${ended}`,
  deleteAsks: `delete from asks where run_id in ${ended}`,
  deleteDoubts: `delete from doubts where run_id in ${ended}`,
  deleteTimers: `delete from timers where run_id in ${ended}`,
  deleteRun: "delete from runs where id = ? and ended_at is not null",
  clearTimersOfRun: "delete from timers where run_id = ?",
};

function changesOf({ row, isNew, burst, ...write }: RunWrite): StoreChange[] {
  const changes: StoreChange[] = [];
  const add = (statement: keyof typeof writing, ...values: StoreChange[1][number][]): void => void changes.push([statement, values]);
  if (isNew) add("insertRun", ...pick(row, runColumns));
  else add("updateRun", row.status, row.outcome, row.case_id, row.ended_at, row.last_seq, row.in_flight, row.error_code, row.failed_step, row.id);
  if (burst) {
    add("insertEvents", row.id, burst.seq, burst.lastSeq, burst.at, burst.text, burst.payloads);
    for (const each of burst.stored) {
      add("insertPayload", each.hash, each.bytes, each.body);
      add("insertRunPayload", row.id, each.hash);
    }
  }
  for (const each of write.asksOpened) add("insertAsk", ...pick(each, askColumns));
  for (const each of write.asksClosed) add("closeAsk", each.state, each.answer, each.answered_by, each.closed_at, each.id);
  for (const each of write.doubtsOpened) add("insertDoubt", ...pick(each, doubtColumns));
  for (const each of write.doubtsClosed) add("closeDoubt", each.state, each.decided_by, each.closed_at, each.id);
  for (const each of write.timersSet) add("setTimer", each.id, each.run, each.at);
  for (const each of write.timersCleared) add("clearTimer", each);
  for (const each of write.records) add("saveCallRecord", row.id, each.effect, each.text);
  if (row.ended_at !== null && !isNew) add("clearTimersOfRun", row.id);
  return changes;
}

function prepare(db: Sqlite.Database) {
  return {
    findRun: db.prepare<[string], RunRow>("select * from runs where id = ?"),
    findByStartKey: db.prepare<[string], RunRow>("select * from runs where start_key = ?"),
    countOpen: db.prepare<[], { count: number }>("select count(*) as count from runs where ended_at is null"),
    inFlight: db.prepare<[], RunRow>("select * from runs where ended_at is null and in_flight > 0 order by id"),
    openOfCase: db.prepare<[string], { id: string }>("select id from runs where case_id = ? and ended_at is null order by id"),
    called: db.prepare<[], Omit<CalledRun, "effect" | "open" | "parentOpen"> & { start_key: string; ended: string | null; parent_ended: string | null }>(
      `select child.id, child.parent_run as parent, child.parent_step as step, child.start_key, parent.playbook_id as playbook, parent.playbook_version as version,
        child.ended_at as ended, parent.ended_at as parent_ended from runs child join runs parent on parent.id = child.parent_run
        where (child.ended_at is null or parent.ended_at is null) and child.start_key like 'effect/%' order by parent.id, child.id`,
    ),
    children: db.prepare<[string], RunRow>("select * from runs where parent_run = ? order by id"),
    timers: db.prepare<[], { id: string; run: string; at: number }>("select id, run_id as run, at from timers"),
    openAsks: db.prepare<[string], { id: string; step: string }>("select id, step from asks where run_id = ? and state = 'open'"),
    openDoubts: db.prepare<[string], { id: string; step: string }>("select id, step from doubts where run_id = ? and state = 'open'"),
    eventsFrom: db.prepare<[string, string, number], RunEventsRow>(
      "select * from run_events where run_id = ? and seq >= coalesce((select seq from run_events where run_id = ? and seq <= ? order by seq desc limit 1), 0) order by seq",
    ),
    snapshot: db.prepare<[string], RunSnapshotRow>("select * from run_snapshots where run_id = ?"),
    payload: db.prepare<[string], { body: string }>("select body from payloads where hash = ?"),
    callRecord: db.prepare<[string, string], { body: string | Buffer }>("select body from call_records where run_id = ? and effect = ?"),
    ownsPayload: db.prepare<[string, string], { hash: string }>("select hash from run_payloads where run_id = ? and hash = ?"),
  };
}

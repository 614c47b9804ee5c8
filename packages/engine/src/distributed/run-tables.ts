import type { Run, TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import type pg from "pg";
import type { RunWrite } from "../embedded/run-store.ts";
import { unpackBurst } from "../store/burst.ts";
import { askColumns, doubtColumns, runColumns } from "../store/columns.ts";
import { readCallRecord } from "../store/call-record.ts";
import { deflated } from "../store/deflated.mjs";
import { unpackSnapshot } from "../store/snapshot.ts";
import type { AskRow, DoubtRow, RunRow, RunSnapshotRow } from "../store/tables.ts";
import { bodyOf, bytesOf } from "./burst-bytes.ts";
import type { JobSpec } from "./jobs.ts";

/** A pool, or the connection that a transaction is under way on. */
export type Queries = Pick<pg.Pool, "query">;

interface EventsRow {
  readonly run_id: string;
  readonly seq: number;
  readonly at: number;
  readonly body: Buffer;
  readonly payloads: string | null;
}

const eventColumns = "run_id, seq, at, body, payloads";

/** Reads and writes runs in PostgreSQL. */
export class RunTables {
  async find(on: Queries, id: string): Promise<RunRow | null> {
    return one<RunRow>(on, "run-find", "select * from runs where id = $1", [id]);
  }

  /** The run's row, which nobody else changes until the transaction ends. */
  async lock(on: Queries, id: string): Promise<RunRow | null> {
    return one<RunRow>(on, "run-lock", "select * from runs where id = $1 for update", [id]);
  }

  async findByStartKey(on: Queries, key: string): Promise<RunRow | null> {
    return one<RunRow>(on, "run-by-key", "select * from runs where start_key = $1", [key]);
  }

  async openOfCase(on: Queries, caseId: string): Promise<string[]> {
    return (await many<{ id: string }>(on, "runs-of-case", "select id from runs where case_id = $1 and ended_at is null order by id", [caseId])).map(({ id }) => id);
  }

  async countOpen(on: Queries): Promise<number> {
    return (await one<{ count: number }>(on, "runs-open", "select count(*) as count from runs where ended_at is null", []))?.count ?? 0;
  }

  /** Runs with entries from then on, epoch ms, and the `seq` before these. */
  async changedSince(on: Queries, since: number): Promise<{ readonly run: string; readonly heard: number }[]> {
    const text = `select id as run, coalesce((select min(seq) from run_events where run_id = id and at >= $2) - 1, last_seq) as heard from runs
      where (ended_at is null or ended_at >= $1) and (select at from run_events where run_id = id order by seq desc limit 1) >= $2`;
    return many(on, "runs-changed", text, [new Date(since).toISOString(), since]);
  }

  /** How many runs the run stands under, itself included. */
  async depth(on: Queries, id: string): Promise<number> {
    const text = `with recursive above as (select id, parent_run from runs where id = $1 union all select runs.id, runs.parent_run from runs join above on runs.id = above.parent_run)
      select count(*) as count from above`;
    return (await one<{ count: number }>(on, "run-depth", text, [id]))?.count ?? 0;
  }

  /** Entries after `from` as stored. */
  async events(on: Queries, run: string, from: number, limit: number): Promise<TraceEvent[]> {
    const text = `select ${eventColumns} from run_events where run_id = $1 and seq >= coalesce((select max(seq) from run_events where run_id = $1 and seq <= $2), 0) order by seq limit $3`;
    const events: TraceEvent[] = [];
    for (const row of await many<EventsRow>(on, "events-from", text, [run, from + 1, limit])) {
      for (const event of unpackBurst({ ...row, body: bodyOf(row.body) })) if (event.seq > from && events.length < limit) events.push(event);
    }
    return events;
  }

  /** Rows of several runs that come after what is known of each; `from` ends a row. */
  async eventsOf(on: Queries, known: readonly (readonly [run: string, from: number])[]): Promise<Map<string, TraceEvent[]>> {
    const text = `select ${eventColumns} from run_events join unnest($1::text[], $2::int[]) as known (run, after) on run_events.run_id = known.run and run_events.seq > known.after order by run_id, seq`;
    const found = new Map<string, TraceEvent[]>();
    for (const row of await many<EventsRow>(on, "events-of", text, [known.map(([run]) => run), known.map(([, from]) => from)])) {
      const events = unpackBurst({ ...row, body: bodyOf(row.body) });
      const known = found.get(row.run_id);
      if (known) known.push(...events);
      else found.set(row.run_id, events);
    }
    return found;
  }

  /** Every entry after `from`, which ends a row, payloads in place. */
  async wholeTrace(on: Queries, run: string, from: number): Promise<TraceEvent[]> {
    const rows = await many<EventsRow>(on, "events-all", `select ${eventColumns} from run_events where run_id = $1 and seq > $2 order by seq`, [run, from]);
    const bodies = rows.some((row) => row.payloads !== null) ? await this.payloadsOf(on, run) : new Map<string, string>();
    return rows.flatMap((row) => unpackBurst({ ...row, body: bodyOf(row.body) }, (hash) => parsed(bodies.get(hash), hash)));
  }

  async payload(on: Queries, run: string, hash: string): Promise<Json | undefined> {
    const text = "select body from payloads join run_payloads using (hash) where run_payloads.run_id = $1 and hash = $2";
    const row = await one<{ body: string }>(on, "payload", text, [run, hash]);
    return row ? (JSON.parse(row.body) as Json) : undefined;
  }

  async callRecord(on: Queries, run: string, effect: string): Promise<Json | undefined> {
    const row = await one<{ body: Buffer }>(on, "call-record", "select body from call_records where run_id = $1 and effect = $2", [run, effect]);
    return row ? readCallRecord(bodyOf(row.body)) : undefined;
  }

  /** The last snapshot of the run that can still be read. */
  async snapshot(on: Queries, run: string): Promise<{ readonly run: Run; readonly bytes: number } | null> {
    const row = await one<RunSnapshotRow>(on, "snapshot", "select * from run_snapshots where run_id = $1", [run]);
    const state = row ? unpackSnapshot(row) : null;
    return row && state ? { run: state, bytes: row.state.length } : null;
  }

  async saveSnapshot(on: Queries, row: RunSnapshotRow): Promise<void> {
    const text = `insert into run_snapshots (run_id, seq, format, state) select $1, $2, $3, $4 where exists (select 1 from runs where id = $1)
      on conflict (run_id) do update set seq = excluded.seq, format = excluded.format, state = excluded.state where run_snapshots.seq < excluded.seq`;
    await on.query({ name: "snapshot-save", text, values: [row.run_id, row.seq, row.format, row.state] });
  }

  async openAsks(on: Queries, run: string): Promise<Pick<AskRow, "id" | "step">[]> {
    return many(on, "asks-open", "select id, step from asks where run_id = $1 and state = 'open'", [run]);
  }

  async openDoubts(on: Queries, run: string): Promise<Pick<DoubtRow, "id" | "step">[]> {
    return many(on, "doubts-open", "select id, step from doubts where run_id = $1 and state = 'open'", [run]);
  }

  /** A new run's row; false when another run was started with its key. */
  async insert(on: Queries, row: RunRow): Promise<boolean> {
    const text = `insert into runs (${runColumns.join(", ")}) values (${places(1, runColumns.length)}) on conflict (start_key) where start_key is not null do nothing`;
    const { rowCount } = await on.query({ name: "run-insert", text, values: runColumns.map((column) => kept(row[column])) });
    return rowCount === 1;
  }

  /** All that a turn changes, but for a new run's row; answers with the transaction's id. `jobs` and `news` go with it in one statement, since most turns are no more than that. */
  async write(on: Queries, write: RunWrite, jobs: readonly JobSpec[], news: readonly [channel: string, message: string] | null): Promise<string> {
    const { row, burst } = write;
    const events = burst ? [burst.seq, burst.lastSeq, burst.at, bytesOf(burst.body), burst.payloads] : null;
    const state = [row.id, row.status, row.outcome, row.case_id, row.ended_at, row.last_seq, row.in_flight, row.error_code, row.failed_step];
    const { rows } = await on.query<{ transaction: string }>({
      name: "turn-write",
      text: turnWrite,
      values: [...state.map(kept), ...(events ?? [null, null, null, null, null]), ...(news ?? [null, null]), jobs.length === 0 ? null : JSON.stringify(jobs)],
    });
    const ask = (name: string, text: string, values: unknown[]): Promise<unknown> => on.query({ name, text, values: values.map(kept) });
    // In one order everywhere, so that two turns that store the same payloads cannot wait for each other.
    for (const each of [...(burst?.stored ?? [])].sort((one, other) => (one.hash < other.hash ? -1 : 1))) {
      // The update holds the row, so that a deletion under way cannot take away what this run now has too.
      await ask("payload-insert", "insert into payloads (hash, bytes, body) values ($1, $2, $3) on conflict (hash) do update set bytes = excluded.bytes", [
        each.hash,
        each.bytes,
        each.body,
      ]);
      await ask("run-payload-insert", "insert into run_payloads (run_id, hash) values ($1, $2) on conflict do nothing", [row.id, each.hash]);
    }
    for (const each of write.records) {
      const text = "insert into call_records (run_id, effect, body) values ($1, $2, $3) on conflict (run_id, effect) do update set body = excluded.body";
      await on.query({ name: "call-record-save", text, values: [row.id, kept(each.effect), bytesOf(deflated(each.text))] });
    }
    for (const each of write.asksOpened) await ask("ask-insert", `insert into asks (${askColumns.join(", ")}) values (${places(1, askColumns.length)})`, pick(each, askColumns));
    for (const each of write.asksClosed) {
      const text = "update asks set state = $2, answer = $3, answered_by = $4, closed_at = $5 where id = $1 and state = 'open'";
      await ask("ask-close", text, [each.id, each.state, each.answer, each.answered_by, each.closed_at]);
    }
    for (const each of write.doubtsOpened) {
      const again = "on conflict (id) do update set state = 'open', raised_at = excluded.raised_at, decided_by = null, closed_at = null";
      await ask("doubt-insert", `insert into doubts (${doubtColumns.join(", ")}) values (${places(1, doubtColumns.length)}) ${again}`, pick(each, doubtColumns));
    }
    for (const each of write.doubtsClosed) {
      await ask("doubt-close", "update doubts set state = $2, decided_by = $3, closed_at = $4 where id = $1 and state = 'open'", [
        each.id,
        each.state,
        each.decided_by,
        each.closed_at,
      ]);
    }
    return rows[0]?.transaction ?? "0";
  }

  /** What became of a turn's transaction: asked when the answer to its commit was lost. Others may since have stored the very same, so its own rows are looked for. */
  async outcome(on: Queries, run: string, transaction: string): Promise<"under way" | "kept" | "gone"> {
    const text = `select txid_status($2::bigint) = 'in progress' as open,
      exists (select 1 from run_events where run_id = $1 and xmin = mod($2::bigint, 4294967296)::text::xid) or exists (select 1 from runs where id = $1 and xmin = mod($2::bigint, 4294967296)::text::xid) as kept`;
    const found = await one<{ open: boolean | null; kept: boolean }>(on, "turn-outcome", text, [run, transaction]);
    return found?.open === true ? "under way" : found?.kept === true ? "kept" : "gone";
  }

  /** Deletes those of the families whose runs have all ended, and leaves a note of when; tells which runs it deleted. */
  async deleteFamilies(on: Queries, families: readonly (readonly string[])[], at: string): Promise<string[]> {
    const all = families.flat();
    const ended = new Set(
      (await many<{ id: string }>(on, "delete-lock", "select id from runs where id = any($1::text[]) and ended_at is not null order by id for update", [all])).map(({ id }) => id),
    );
    const ids = families.filter((family) => family.every((id) => ended.has(id))).flat();
    if (ids.length === 0) return ids;
    const note = `insert into deleted_runs (id, playbook_id, case_id, caller_case, ended_at, deleted_at)
      select id, playbook_id, case_id, (select caller.case_id from runs as caller where caller.id = runs.parent_run), ended_at, $2 from runs where id = any($1::text[]) on conflict (id) do nothing`;
    await on.query(note, [ids, at]);
    const orphaned = `select hash from payloads where hash in (select hash from run_payloads where run_id = any($1::text[])) order by hash collate "C" for update`;
    const hashes = (await on.query<{ hash: string }>(orphaned, [ids])).rows.map(({ hash }) => hash);
    await on.query("delete from run_payloads where run_id = any($1::text[])", [ids]);
    await on.query("delete from payloads where hash = any($1::text[]) and not exists (select 1 from run_payloads where run_payloads.hash = payloads.hash)", [hashes]);
    for (const table of ["run_events", "run_snapshots", "call_records", "asks", "doubts"]) await on.query(`delete from ${table} where run_id = any($1::text[])`, [ids]);
    await on.query("delete from runs where id = any($1::text[])", [ids]);
    return ids;
  }

  private async payloadsOf(on: Queries, run: string): Promise<Map<string, string>> {
    const text = "select hash, body from payloads join run_payloads using (hash) where run_payloads.run_id = $1";
    return new Map((await many<{ hash: string; body: string }>(on, "payloads-of", text, [run])).map(({ hash, body }) => [hash, body]));
  }
}

/** A new run's row is there already, and is as the update would make it. */
const turnWrite = `with state as (
    update runs set status = $2, outcome = $3, case_id = $4, ended_at = $5, last_seq = $6, in_flight = $7, error_code = $8, failed_step = $9 where id = $1 and (last_seq <> $6 or status <> $2)
  ), events as (
    insert into run_events (run_id, seq, last_seq, at, body, payloads) select $1, $10::int, $11::int, $12::bigint, $13::bytea, $14 where $10 is not null
  )
  select txid_current()::text as transaction, case when $15::text is null then null else pg_notify($15, $16) end,
    case when $17::json is null then 0 else (select count(*) from graphile_worker.add_jobs(array(select json_populate_recordset(null::graphile_worker.job_spec, $17::json)), false)) end`;

const places = (from: number, count: number): string => Array.from({ length: count }, (_, index) => `$${from + index}`).join(", ");
const pick = <Row, Column extends keyof Row>(row: Row, columns: readonly Column[]): Row[Column][] => columns.map((column) => row[column]);

/** PostgreSQL's texts hold every character but one; only lists and keys read these, the trace keeps it. */
const kept = (value: unknown): unknown => (typeof value === "string" ? value.replaceAll("\0", "\uFFFD") : value);

async function many<Row extends object>(on: Queries, name: string, text: string, values: unknown[]): Promise<Row[]> {
  return (await on.query<Row>({ name, text, values: values.map(kept) })).rows;
}

async function one<Row extends object>(on: Queries, name: string, text: string, values: unknown[]): Promise<Row | null> {
  return (await many<Row>(on, name, text, values))[0] ?? null;
}

function parsed(body: string | undefined, hash: string): Json {
  if (body === undefined) throw new Error(`payload ${hash} is not in the store`);
  return JSON.parse(body) as Json;
}

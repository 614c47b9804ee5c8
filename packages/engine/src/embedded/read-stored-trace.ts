import Sqlite from "better-sqlite3";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { unpackBurst } from "../store/burst.ts";
import type { RunEventsRow } from "../store/tables.ts";

/** The whole trace of a run in a store's file, payloads in place, also while an engine works on it; empty when there is no such run. */
export function* readStoredTrace(file: string, run: string): Generator<TraceEvent> {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const payload = db.prepare<[string], { body: string }>("select body from payloads where hash = ?");
    const resolve = (hash: string): Json => {
      const row = payload.get(hash);
      if (!row) throw new Error(`payload ${hash} is not in the store`);
      return JSON.parse(row.body) as Json;
    };
    for (const row of db.prepare<[string], RunEventsRow>("select * from run_events where run_id = ? order by seq").iterate(run)) yield* unpackBurst(row, resolve);
  } finally {
    db.close();
  }
}

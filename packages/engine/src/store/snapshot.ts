import { promisify } from "node:util";
import { deflateRaw, inflateRawSync } from "node:zlib";
import { type Run, runFormat } from "@drawbridge/interpreter";
import type { RunSnapshotRow } from "./tables.ts";

const deflate = promisify(deflateRaw);

/** The run's state as a row. */
export async function packSnapshot(run: Run): Promise<RunSnapshotRow> {
  return { run_id: run.id, seq: run.seq, format: runFormat, state: await deflate(JSON.stringify(run), { level: 1 }) };
}

/** The state that the row holds; null when another version of the interpreter wrote it. */
export function unpackSnapshot(row: Pick<RunSnapshotRow, "format" | "state">): Run | null {
  return row.format === runFormat ? (JSON.parse(inflateRawSync(row.state).toString()) as Run) : null;
}

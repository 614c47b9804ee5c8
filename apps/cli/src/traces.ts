import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import type { RunSummary } from "@drawbridge/protocol";
import { ApiClient } from "./api-client.ts";
import { UsageError } from "./usage-error.ts";

/** A run's trace, the document that it ran when that is known, and the steps of which it tells nothing. */
export interface RecordedTrace {
  readonly trace: readonly TraceEvent[];
  readonly playbook: Playbook | null;
  readonly hidden: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** The traces in a file of JSON lines, or in every such file of a folder; a file may hold several, one after the other. */
export async function* tracesIn(path: string, playbook: Playbook | null): AsyncGenerator<RecordedTrace> {
  if (!existsSync(path)) throw new UsageError(`There is nothing at ${path}.`);
  const files = (await stat(path)).isFile() ? [path] : (await readdir(path)).filter((name) => /\.(?:jsonl|ndjson)$/.test(name)).map((name) => join(path, name));
  if (files.length === 0) throw new UsageError(`There are no traces (*.jsonl) in ${path}.`);
  for (const file of files.sort()) for (const trace of split(await readFile(file, "utf8"), file)) yield { trace, playbook, hidden: none };
}

function* split(text: string, file: string): Generator<readonly TraceEvent[]> {
  let trace: TraceEvent[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const event = readEvent(line);
    if (!event || (trace.length === 0 && event.type !== "run-started")) throw new UsageError(`${file}:${index + 1} is not an entry of a trace as \`export\` writes it.`);
    if (event.type === "run-started" && trace.length > 0) {
      yield trace;
      trace = [];
    }
    trace.push(event);
  }
  if (trace.length > 0) yield trace;
}

function readEvent(line: string): TraceEvent | null {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === "object" && event !== null && "seq" in event && "at" in event && "type" in event ? (event as TraceEvent) : null;
  } catch {
    return null;
  }
}

const pageSize = 100;

/** The last runs of a playbook that have ended, from a server, as the person whose e-mail and password the environment holds. */
export async function* tracesFromServer(url: string, playbook: string, last: number): AsyncGenerator<RecordedTrace> {
  const api = await signedIn(url);
  let left = last;
  for (let cursor: string | null = ""; cursor !== null && left > 0;) {
    const query = { playbook, limit: String(pageSize), ...(cursor === "" ? {} : { cursor }) };
    const page: { items: RunSummary[]; next: string | null } = await api.call("listRuns", { query });
    for (const run of page.items.filter(({ endedAt }) => endedAt !== null).slice(0, left)) {
      left -= 1;
      const detail = await api.call<{ playbook: Playbook; hidden: string[] }>("getRun", { params: { id: run.id } });
      const answer = await api.send("exportTrace", { params: { id: run.id } });
      if (!answer.ok) throw new Error(`exportTrace: ${answer.status} ${await answer.text()}`);
      for (const trace of split(await answer.text(), run.id)) yield { trace, playbook: detail.playbook, hidden: new Set(detail.hidden) };
    }
    cursor = page.next;
  }
}

/** Signs in as the person whose e-mail and password the environment holds. */
export async function signedIn(url: string): Promise<ApiClient> {
  const { DRAWBRIDGE_EMAIL: email, DRAWBRIDGE_PASSWORD: password } = process.env;
  if (!email || !password) throw new UsageError("Set DRAWBRIDGE_EMAIL and DRAWBRIDGE_PASSWORD to sign in with.");
  return new ApiClient(url.replace(/\/+$/, "")).signIn(email, password);
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmbeddedEngine, openDatabase } from "@drawbridge/engine/embedded";
import { startService } from "@drawbridge/engine/testing";
import { hostOf } from "./host.ts";
import type { Told, Wanted } from "./message.ts";
import { moments } from "./moments.ts";
import { started } from "./playbooks.ts";
import { SubjectProcess } from "./subject-process.ts";
import { undisturbed } from "./undisturbed.ts";
import { repeatedChanges, type Verdict, wrongTrace } from "./verdict.ts";

const concurrent = 50;

/** Kills an engine on a file again and again under load, each time after a random number of requests, and counts what went wrong. */
export async function killEmbedded({ kills, seed }: { readonly kills: number; readonly seed: number }): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "drawbridge-crash-"));
  const file = join(folder, "drawbridge.db");
  const service = await startService();
  const next = moments(seed);
  const accepted = new Map<number, string>();
  const wanted = new Map<number, Wanted>();
  const wrong: string[] = [];
  let inDoubt = 0;
  let subject: SubjectProcess | null = null;

  const hear = (told: Told): void => {
    if (told.accepted) {
      const { n, run } = told.accepted;
      if (accepted.has(n) && accepted.get(n) !== run) wrong.push(`start ${n} led to two runs`);
      accepted.set(n, run);
    }
    if (told.doubt) decide(told.doubt);
  };
  /** A person looks at the vendor, and says what happened. */
  const decide = ({ run, effect }: { readonly run: string; readonly effect: string }): void => {
    inDoubt += 1;
    const happened = service.requests.find(({ key }) => key === effect);
    subject?.send({ decide: { run, effect, ...(happened ? { decision: "done", output: { path: happened.path, echo: happened.body } } : { decision: "retry" }) } });
  };
  const open = async (): Promise<{ readonly process: SubjectProcess; readonly open: number }> => {
    const process = new SubjectProcess("./embedded-subject.ts", [file, service.url], hear);
    subject = process;
    return { process, open: (await process.told("ready")).open };
  };
  const start = (count: number): void => {
    for (let index = 0; index < count; index += 1) {
      const n = wanted.size;
      wanted.set(n, { n, playbook: started[n % started.length] ?? "" });
    }
    subject?.send({ start: [...wanted.values()].filter(({ n }) => !accepted.has(n)) });
  };

  for (let kill = 0; kill < kills; kill += 1) {
    const { process, open: going } = await open();
    start(Math.max(0, concurrent - going));
    const enough = service.asked("*", service.requests.length + 1 + Math.floor(next() * 60));
    await Promise.race([enough, new Promise((resolve) => setTimeout(resolve, 2_000))]);
    await process.kill();
  }
  const { process: last } = await open();
  start(0);
  while (accepted.size < wanted.size) await last.told("accepted");
  const finished = last.told("finished");
  last.send({ finish: true });
  await finished;
  await last.kill();

  const expected = await undisturbed([...wanted.values()]);
  const database = openDatabase(file);
  const host = hostOf(service.url);
  const engine = new EmbeddedEngine(database, host);
  let lost = 0;
  for (const [n, run] of accepted) {
    const state = await engine.run(run);
    if (!state || state.endedAt === null) lost += 1;
    else if (JSON.stringify({ status: state.status, outcome: state.outcome, outputs: state.outputs }) !== expected.get(n)) wrong.push(`${run} ended otherwise`);
  }
  const rows = await database.kysely.selectFrom("runs").selectAll().execute();
  lost += rows.filter((row) => row.ended_at === null && ![...accepted.values()].includes(row.id)).length;
  for (const row of rows) if (wrongTrace(await engine.trace(row.id, 0, 1_000_000))) wrong.push(`${row.id} has a trace with a gap`);
  const callers = [...wanted.values()].filter(({ playbook }) => playbook === "parent").length;
  for (const called of ["child", "aside"]) if (rows.filter((row) => row.playbook_id === called).length !== callers) wrong.push(`${called} did not run once for each caller`);
  await engine.stop();
  await database.close();
  await host.scripts.close();
  await service.close();
  rmSync(folder, { recursive: true, force: true });
  return { engine: "embedded", runs: accepted.size, kills, lost, duplicated: repeatedChanges(service.requests), inDoubt, wrong };
}

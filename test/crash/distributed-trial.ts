import { engineMigrations, migrate } from "@drawbridge/engine/embedded";
import { DistributedEngine } from "@drawbridge/engine/distributed";
import { openPostgres, type PostgresDatabase } from "@drawbridge/engine/postgres";
import { type Service, startService } from "@drawbridge/engine/testing";
import { hostOf } from "./host.ts";
import type { Told, Wanted } from "./message.ts";
import { started } from "./playbooks.ts";
import { SubjectProcess } from "./subject-process.ts";
import { undisturbed } from "./undisturbed.ts";
import { repeatedChanges, type Verdict, wrongTrace } from "./verdict.ts";

const concurrent = 50;
const lookEveryMs = 500;
/** Without an end for so long something is stuck. */
const patienceMs = 180_000;

/** Three engines in processes of their own under load. The trial's own engine takes part as a server: it answers asks and decides doubts. */
export class DistributedTrial {
  readonly subjects: SubjectProcess[] = [];
  private readonly url: string;
  private readonly service: Service;
  private readonly engine: DistributedEngine;
  private readonly host: ReturnType<typeof hostOf>;
  private readonly database: PostgresDatabase;
  private readonly next: () => number;
  private readonly wanted: Wanted[] = [];
  private readonly accepted = new Map<number, string>();
  private readonly over = new Set<string>();
  private readonly doubts = new Set<string>();
  private readonly wrong: string[] = [];
  private looking: NodeJS.Timeout | null = null;
  private loading = true;

  private constructor(url: string, service: Service, next: () => number) {
    this.url = url;
    this.service = service;
    this.next = next;
    this.host = hostOf(service.url);
    this.database = openPostgres(url, { connections: 3 });
    this.engine = new DistributedEngine({ url }, this.host, { role: "server", connections: 4 });
  }

  static async open(url: string, next: () => number): Promise<DistributedTrial> {
    const trial = new DistributedTrial(url, await startService(), next);
    await migrate(trial.database.kysely, engineMigrations);
    trial.engine.subscribe((run, events) => {
      for (const event of events) {
        if (event.type === "run-succeeded" || event.type === "run-failed" || event.type === "run-cancelled") trial.over.add(run);
        if (event.type === "ask-opened") void trial.answer(event.effect);
        if (event.type === "step-in-doubt") void trial.decide(run, event.effect);
      }
    });
    await trial.engine.recover();
    for (let index = 0; index < 3; index += 1) trial.subjects.push(trial.fork());
    await Promise.all(trial.subjects.map((subject) => subject.told("ready")));
    trial.look();
    return trial;
  }

  /** Kills one of the processes and puts another in its place. */
  async killOne(): Promise<void> {
    const index = Math.floor(this.next() * this.subjects.length);
    const old = this.subjects[index];
    this.subjects[index] = this.fork();
    await old?.kill();
  }

  /** Waits until every run has ended, and says what went wrong. */
  async verdict(engine: Verdict["engine"], kills: number): Promise<Verdict> {
    this.loading = false;
    const until = Date.now() + patienceMs;
    let open = await this.open();
    while ((this.accepted.size < this.wanted.length || open.length > 0) && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      open = await this.open();
    }
    if (this.looking) clearTimeout(this.looking);
    this.looking = null;
    let lost = open.length + this.wanted.length - this.accepted.size;
    const expected = await undisturbed(this.wanted);
    for (const [n, run] of this.accepted) {
      const state = await this.engine.run(run);
      if (!state) lost += 1;
      else if (state.endedAt !== null && JSON.stringify({ status: state.status, outcome: state.outcome, outputs: state.outputs }) !== expected.get(n))
        this.wrong.push(`${run} ended otherwise`);
    }
    const rows = await this.database.kysely.selectFrom("runs").select(["id", "playbook_id"]).execute();
    for (const { id } of rows) if (wrongTrace(await this.engine.trace(id, 0, 1_000_000))) this.wrong.push(`${id} has a trace with a gap`);
    const callers = this.wanted.filter(({ playbook }) => playbook === "parent").length;
    for (const called of ["child", "aside"]) if (rows.filter((row) => row.playbook_id === called).length !== callers) this.wrong.push(`${called} did not run once for each caller`);
    for (const { id } of open) this.wrong.push(`${id} did not end`);
    return { engine, runs: this.accepted.size, kills, lost, duplicated: repeatedChanges(this.service.requests), inDoubt: this.doubts.size, wrong: this.wrong };
  }

  async close(): Promise<void> {
    if (this.looking) clearTimeout(this.looking);
    await Promise.all(this.subjects.map((subject) => subject.kill()));
    await this.engine.stop();
    await this.host.scripts.close();
    await this.database.close();
    await this.service.close();
  }

  private fork(): SubjectProcess {
    return new SubjectProcess("./distributed-subject.ts", [this.url, this.service.url], (told) => this.hear(told));
  }

  private hear({ accepted }: Told): void {
    if (!accepted) return;
    const { n, run } = accepted;
    if (this.accepted.has(n) && this.accepted.get(n) !== run) this.wrong.push(`start ${n} led to two runs`);
    this.accepted.set(n, run);
  }

  /** Keeps so many runs under way, starting each wherever it happens to be taken, and sees to what people do. */
  private look(): void {
    this.looking = setTimeout(() => {
      this.tend()
        .catch(() => undefined)
        .finally(() => {
          if (this.looking) this.look();
        });
    }, lookEveryMs);
  }

  private async tend(): Promise<void> {
    const going = this.wanted.filter(({ n }) => !this.over.has(this.accepted.get(n) ?? "")).length;
    for (let more = this.loading ? concurrent - going : 0; more > 0; more -= 1)
      this.wanted.push({ n: this.wanted.length, playbook: started[this.wanted.length % started.length] ?? "" });
    for (const each of this.wanted.filter(({ n }) => !this.accepted.has(n))) this.subjects[Math.floor(this.next() * this.subjects.length)]?.send({ start: [each] });
    for (const { id } of await this.database.kysely.selectFrom("asks").select("id").where("state", "=", "open").execute()) await this.answer(id);
    for (const { id, run_id: run } of await this.database.kysely.selectFrom("doubts").selectAll().where("state", "=", "open").execute()) await this.decide(run, id);
  }

  private async answer(effect: string): Promise<void> {
    await this.engine.answer(effect, "yes", {}, "ana@qrst.com").catch(() => undefined);
  }

  /** A person looks at the vendor, and says what happened. */
  private async decide(run: string, effect: string): Promise<void> {
    this.doubts.add(effect);
    const happened = this.service.requests.find(({ key }) => key === effect);
    const output = happened && { path: happened.path, echo: happened.body };
    await this.engine.decideDoubt(run, effect, happened ? "done" : "retry", output, "ana@qrst.com").catch(() => undefined);
  }

  private async open(): Promise<{ readonly id: string }[]> {
    return this.database.kysely
      .selectFrom("runs")
      .select("id")
      .where("ended_at", "is", null)
      .execute()
      .catch(() => [{ id: "unread" }]);
  }
}

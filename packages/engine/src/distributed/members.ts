import { ifGone, type OpenSession } from "./session.ts";

/** How often the others are looked after, in ms. */
const everyMs = 1_000;
/** Every so many rounds: the count of all jobs, and tidying up. */
const countRounds = 5;
const tidyRounds = 600;
/** A job that an unknown pool holds for so long belongs to a process that died before it was known. */
const unknownForSeconds = 30;

export interface MembersPorts {
  /** Jobs of dead workers were set free. */
  freed(pools: readonly string[]): void;
  problem(code: string, message: string): void;
}

/** What a round saw. */
interface Seen {
  /** Jobs that wait for a worker, at most `counted`. */
  readonly waiting: number;
  readonly timers: number;
  /** How many processes carry out work, and this one's place among them. */
  readonly workers: number;
  readonly rank: number;
}

const counted = 100_000;

/** SQL that holds for jobs that no worker holds and that are no timers: those that are due, and calls that were put off. */
export const isWaiting = "locked_at is null and (run_at <= now() or task_identifier = 'carry-out')";

/** Looks after the pools of workers of all processes: who lives, and whose jobs others must take over. */
export class Members {
  private readonly ports: MembersPorts;
  private session: OpenSession | null = null;
  private timer: NodeJS.Timeout | null = null;
  private round = 0;
  private stopped = false;
  seen: Seen = { waiting: 0, timers: 0, workers: 1, rank: 0 };

  constructor(ports: MembersPorts) {
    this.ports = ports;
  }

  /** The first round is over when this resolves. */
  async start(session: OpenSession): Promise<void> {
    this.session = session;
    await this.look(session);
    this.again();
  }

  suspend(): void {
    this.session = null;
    if (this.timer) clearTimeout(this.timer);
  }

  stop(): void {
    this.stopped = true;
    this.suspend();
  }

  /** Makes a pool known, before anything is sent under its name. */
  async register(pool: string): Promise<void> {
    const session = this.session;
    if (!session) throw new Error("the session is lost");
    await session.query("insert into engine_workers (id, lock, since) values ($1, $2, $3) on conflict (id) do nothing", [pool, session.lock, new Date().toISOString()]);
    await this.count(session);
  }

  async unregister(pool: string): Promise<void> {
    await this.session?.query("delete from engine_workers where id = $1", [pool]);
  }

  private again(): void {
    if (this.stopped || !this.session) return;
    const session = this.session;
    this.timer = setTimeout(() => {
      this.look(session)
        .catch((error: unknown) => this.ports.problem("members-unseen", error instanceof Error ? error.message : String(error)))
        .finally(() => {
          if (this.session === session) this.again();
        });
    }, everyMs);
  }

  private async look(session: OpenSession): Promise<void> {
    const others = await session.query<{ lock: number; pools: string[] }>("select lock, array_agg(id) as pools from engine_workers where lock <> $1 group by lock", [session.lock]);
    for (const { lock, pools } of others) await ifGone(session, lock, () => this.free(session, pools));
    if (this.round % 10 === 0) await this.freeUnknown(session);
    if (this.round % tidyRounds === 0) await tidy(session);
    await this.count(session);
    this.round += 1;
  }

  private async free(session: OpenSession, pools: string[]): Promise<void> {
    await session.query("select graphile_worker.force_unlock_workers($1::text[])", [pools]);
    await session.query("select pg_notify('jobs:insert', '{\"count\":1}')");
    await session.query("delete from engine_workers where id = any($1::text[])", [pools]);
    this.ports.freed(pools);
  }

  private async freeUnknown(session: OpenSession): Promise<void> {
    const rows = await session.query<{ pool: string }>(
      `select distinct locked_by as pool from graphile_worker.jobs
       where locked_at < now() - make_interval(secs => $1) and not exists (select 1 from engine_workers where engine_workers.id = locked_by)`,
      [unknownForSeconds],
    );
    if (rows.length > 0)
      await this.free(
        session,
        rows.map(({ pool }) => pool),
      );
  }

  private async count(session: OpenSession): Promise<void> {
    const locks = await session.query<{ lock: number }>("select distinct lock from engine_workers order by lock");
    const [row] = await session.query<{ waiting: number }>(`select count(*)::int as waiting from (select 1 from graphile_worker.jobs where ${isWaiting} limit ${counted}) as due`);
    let { timers } = this.seen;
    if (this.round % countRounds === 0) {
      const [all] = await session.query<{ timers: number }>(
        `select count(*)::int as timers from (select 1 from graphile_worker.jobs where task_identifier = 'fire-timer' limit ${counted}) as timers`,
      );
      timers = all?.timers ?? 0;
    }
    const rank = locks.findIndex(({ lock }) => lock === session.lock);
    this.seen = { waiting: row?.waiting ?? 0, timers, workers: Math.max(1, locks.length), rank: Math.max(0, rank) };
  }
}

/** Jobs that were taken back while a worker held them, and that a crash left behind. */
async function tidy(session: OpenSession): Promise<void> {
  await session.query("select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs where attempts >= max_attempts and locked_at is null limit 10000))");
}

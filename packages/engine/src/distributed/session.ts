import { randomInt } from "node:crypto";
import pg from "pg";
import { newsChannel } from "./news.ts";

/** The first half of the advisory locks by which processes show that they live. */
const lockSpace = 0x64_62_72_67;
const connectEveryMs = 500;
/** Without an answer for so long the session counts as lost, in ms. */
const silentMs = 5_000;

export interface SessionPorts {
  /** The session stands; called again for each new one. */
  opened(session: OpenSession): Promise<void>;
  lost(): void;
  heard(payload: string): void;
  problem(code: string, message: string): void;
}

/** A connection of the process's own that holds its lock and hears the news. */
export interface OpenSession {
  readonly lock: number;
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** Keeps one session to the database, and says when it is lost: others may then take this process for dead. */
export class Session {
  private readonly url: string;
  private readonly ports: SessionPorts;
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private connecting = false;
  private closed = false;

  constructor(url: string, ports: SessionPorts) {
    this.url = url;
    this.ports = ports;
  }

  /** Rejects when the first connection fails; later ones are tried until one stands. */
  async open(): Promise<void> {
    await this.connect();
    if (!this.client) this.again();
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  /** One at a time; when it rejects nothing of the session is left. */
  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      keepAlive: true,
      connectionTimeoutMillis: silentMs,
      query_timeout: silentMs,
      application_name: "drawbridge session",
    });
    let gone = false;
    const lost = (): void => {
      if (gone) return;
      gone = true;
      client.end().catch(() => undefined);
      if (this.client !== client) return;
      this.client = null;
      this.ports.lost();
      if (!this.connecting) this.again();
    };
    client.on("error", lost);
    client.on("end", lost);
    client.on("notification", ({ payload }) => {
      if (payload !== undefined) this.ports.heard(payload);
    });
    const query = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> => {
      try {
        return (await client.query<Row>(text, values)).rows;
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) lost();
        throw error;
      }
    };
    this.connecting = true;
    try {
      await client.connect();
      // The database notices within seconds when this machine is gone, too.
      await query("select set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '2', false), set_config('tcp_keepalives_count', '3', false)");
      const lock = randomInt(1, 2 ** 31 - 1);
      await query("select pg_advisory_lock($1, $2)", [lockSpace, lock]);
      await query(`listen ${newsChannel}`);
      if (this.closed) return await client.end();
      this.client = client;
      await this.ports.opened({ lock, query });
    } catch (error) {
      lost();
      throw error;
    } finally {
      this.connecting = false;
    }
  }

  private again(): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      this.connect()
        .catch((error: unknown) => this.ports.problem("session-lost", error instanceof Error ? error.message : String(error)))
        .finally(() => {
          if (!this.client) this.again();
        });
    }, connectEveryMs);
  }
}

/** Takes the lock of another process if that has gone, and lets it go after `then`. */
export async function ifGone(session: OpenSession, lock: number, then: () => Promise<void>): Promise<boolean> {
  const [row] = await session.query<{ got: boolean }>("select pg_try_advisory_lock($1, $2) as got", [lockSpace, lock]);
  if (row?.got !== true) return false;
  try {
    await then();
  } finally {
    await session.query("select pg_advisory_unlock($1, $2)", [lockSpace, lock]);
  }
  return true;
}

import { openPostgres, type PostgresClient, type PostgresDatabase } from "@drawbridge/engine/postgres";
import type { Log } from "../log.ts";

type Row = { readonly [column: string]: unknown };

const settings = { application_name: "drawbridge line", tcp_keepalives_idle: "5", tcp_keepalives_interval: "2", tcp_keepalives_count: "3" };
const againMs = 500;
const beatMs = 2_000;
/** Without an answer for so long the line counts as lost. */
const silentMs = 5_000;

/** A connection to PostgreSQL that this process keeps, and makes anew when it is lost: what is listened to and locked goes with it. */
export class Line {
  readonly #url: string;
  readonly #log: Log;
  readonly #opened: (() => Promise<void>)[] = [];
  readonly #lost: (() => void)[] = [];
  readonly #heard: ((payload: string) => void)[] = [];
  #client: PostgresClient | null = null;
  #hangUp: (() => void) | null = null;
  #timer: NodeJS.Timeout | null = null;
  #ending: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(url: string, log: Log) {
    this.#url = url;
    this.#log = log;
  }

  get stands(): boolean {
    return this.#client !== null;
  }

  /** Called for each new connection, before anything else is done on it. */
  onOpened(listener: () => Promise<void>): void {
    this.#opened.push(listener);
  }

  onLost(listener: () => void): void {
    this.#lost.push(listener);
  }

  onHeard(listener: (payload: string) => void): void {
    this.#heard.push(listener);
  }

  /** Rejects when the first connection fails; later ones are tried until one stands. */
  async open(): Promise<void> {
    const database = openPostgres(this.#url, { connections: 1 });
    let client: PostgresClient;
    try {
      client = await database.pool.connect();
    } catch (error) {
      await database.close();
      throw error;
    }
    const hangUp = this.#hangUpOf(client, database);
    client.on("error", hangUp);
    client.on("end", hangUp);
    client.on("notification", ({ payload }) => {
      if (payload !== undefined) for (const listener of this.#heard) listener(payload);
    });
    if (this.#closed) return hangUp();
    this.#client = client;
    this.#hangUp = hangUp;
    try {
      // The database notices within seconds when this machine is gone, too.
      await this.query(
        `select ${Object.entries(settings)
          .map(([name, value]) => `set_config('${name}', '${value}', false)`)
          .join(", ")}`,
      );
      for (const listener of this.#opened) await listener();
    } catch (error) {
      hangUp();
      throw error;
    }
    this.#beat();
  }

  /** Rejects when the line is lost. */
  async query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const [client, hangUp] = [this.#client, this.#hangUp];
    if (!client || !hangUp) throw new Error("The line to the database is lost.");
    const silent = setTimeout(hangUp, silentMs);
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      clearTimeout(silent);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#hangUp?.();
    await this.#ending;
  }

  /** Ends the connection, once, and has another made. */
  #hangUpOf(client: PostgresClient, database: PostgresDatabase): () => void {
    let gone = false;
    return () => {
      if (gone) return;
      gone = true;
      client.on("error", () => undefined);
      client.release(true);
      this.#ending = database.close().catch(() => undefined);
      if (this.#client !== client) return;
      this.#client = null;
      this.#hangUp = null;
      for (const listener of this.#lost) listener();
      this.#again();
    };
  }

  #again(): void {
    if (this.#closed) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.open().catch((error: unknown) => {
        this.#log.warn({ err: error }, "the line to the database is lost");
        this.#again();
      });
    }, againMs);
  }

  #beat(): void {
    if (this.#closed || !this.#client) return;
    this.#timer = setTimeout(() => {
      this.query("select 1").then(
        () => this.#beat(),
        () => this.#hangUp?.(),
      );
    }, beatMs);
  }
}

import type { Log } from "../log.ts";
import type { Line } from "./line.ts";

export interface Led {
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
}

const everyMs = 1_000;
/** After a line was lost whoever led before comes first, since it still has what it led. */
const graceMs = 2_500;

/** What one process at a time does: it holds an advisory lock as long as its line stands, and another takes over within seconds when it is gone. */
export class Leadership {
  readonly #line: Line;
  readonly #name: string;
  readonly #led: Led;
  readonly #log: Log;
  #timer: NodeJS.Timeout | null = null;
  #changing: Promise<void> = Promise.resolve();
  #leads = false;
  #ledLast = false;
  #begun = false;
  #stopped = false;
  #notBefore = 0;

  constructor(line: Line, name: string, led: Led, log: Log) {
    this.#line = line;
    this.#name = `drawbridge ${name}`;
    this.#led = led;
    this.#log = log;
    line.onLost(() => {
      this.#ledLast ||= this.#leads;
      this.#leads = false;
      void this.#inTurn(() => this.#endIfBegun());
    });
    line.onOpened(() => {
      this.#notBefore = this.#ledLast ? 0 : performance.now() + graceMs;
      return Promise.resolve();
    });
  }

  /** Resolves after the first attempt. */
  async start(): Promise<void> {
    await this.#try();
    this.#again();
  }

  /** Lets go, so that another process can take over at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#inTurn(async () => {
      await this.#endIfBegun();
      if (this.#leads) await this.#release();
    });
  }

  #again(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#try().then(() => this.#again()), everyMs);
  }

  #try(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#leads || this.#stopped || !this.#line.stands || performance.now() < this.#notBefore) return;
      const [row] = await this.#line.query("select pg_try_advisory_lock(hashtextextended($1, 0)) as got", [this.#name]);
      this.#ledLast = false;
      if (row?.["got"] !== true) return;
      this.#leads = true;
      try {
        this.#begun = true;
        await this.#led.begin();
        this.#log.info({ what: this.#name }, "this process leads");
      } catch (error) {
        await this.#endIfBegun();
        await this.#release();
        throw error;
      }
      // The line may have been lost meanwhile, and somebody else may lead.
      if (!this.#holds()) await this.#endIfBegun();
    });
  }

  #holds(): boolean {
    return this.#leads;
  }

  async #endIfBegun(): Promise<void> {
    if (!this.#begun) return;
    this.#begun = false;
    await this.#led.end();
  }

  async #release(): Promise<void> {
    this.#leads = false;
    await this.#line.query("select pg_advisory_unlock(hashtextextended($1, 0))", [this.#name]);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#changing = this.#changing.then(async () => {
      try {
        await work();
      } catch (error) {
        this.#log.warn({ err: error, what: this.#name }, "leading could not begin or end");
      }
    });
    return this.#changing;
  }
}

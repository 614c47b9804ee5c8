import { Worker } from "node:worker_threads";

/** One change: the name of a prepared statement, and its values. */
export type StoreChange = readonly [statement: string, values: readonly (string | number | null | Buffer)[]];

interface Reply {
  readonly id: number;
  readonly error?: { readonly message: string; readonly code: string };
}

/** What the store said when it refused a commit; `code` is SQLite's. */
export class StoreRefusal extends Error {
  override readonly name = "StoreRefusal";
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** Writes on a thread and a connection of its own, so that waiting for the disk holds up nothing else. */
export class StoreThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { readonly done: () => void; readonly failed: (error: Error) => void }>();
  private last = 0;
  private broken: Error | null = null;

  /** `deflate` says which value of a statement is stored deflated when it is long. */
  constructor(path: string, statements: { readonly [name: string]: string }, deflate: { readonly [statement: string]: number }, busyMs: number) {
    this.worker = new Worker(new URL("./store-writer.mjs", import.meta.url), { execArgv: [], workerData: { path, statements, deflate, busyMs } });
    this.worker.on("message", ({ id, error }: Reply) => {
      const one = this.waiting.get(id);
      this.waiting.delete(id);
      if (this.waiting.size === 0) this.worker.unref();
      if (error) one?.failed(new StoreRefusal(error.message, error.code));
      else one?.done();
    });
    this.worker.on("error", (error) => this.fail(error));
    this.worker.on("exit", () => this.fail(new Error("the store's thread ended")));
    this.worker.unref();
  }

  /** Resolves when all of it is on the disk; rejects with a `StoreRefusal` when none of it is. */
  commit(changes: readonly StoreChange[]): Promise<void> {
    return this.send(changes);
  }

  close(): Promise<void> {
    return this.send(null);
  }

  private send(changes: readonly StoreChange[] | null): Promise<void> {
    if (this.broken) return Promise.reject(new StoreRefusal(this.broken.message, "SQLITE_IOERR_THREAD"));
    this.last += 1;
    const id = this.last;
    return new Promise((done, failed) => {
      if (this.waiting.size === 0) this.worker.ref();
      this.waiting.set(id, { done, failed });
      this.worker.postMessage({ id, changes });
    });
  }

  private fail(error: Error): void {
    this.broken ??= error;
    for (const { failed } of this.waiting.values()) failed(new StoreRefusal(error.message, "SQLITE_IOERR_THREAD"));
    this.waiting.clear();
  }
}

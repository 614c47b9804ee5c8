import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Processes beside this one, for as long as a bench lasts. They end when their channel does. */
export class Children {
  readonly #all: ChildProcess[] = [];

  /** Starts a file of this folder; `flags` are for its Node. */
  start(file: string, args: readonly string[] = [], flags: readonly string[] = []): ChildProcess {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { env: { ...process.env, NODE_ENV: "production" }, execArgv: [...process.execArgv, ...flags] });
    this.#all.push(child);
    return child;
  }

  /** Starts a file of this folder that sends its address when it is ready. */
  async serve(file: string, args: readonly string[] = [], flags: readonly string[] = []): Promise<string> {
    return (await next<{ readonly url: string }>(this.start(file, args, flags))).url;
  }

  /** Resolves when all have ended; one that does not within two seconds is killed. */
  async end(): Promise<void> {
    await Promise.all(
      this.#all.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const exited = once(child, "exit");
        if (child.connected) child.disconnect();
        const late = setTimeout(() => child.kill("SIGKILL"), 2_000);
        await exited;
        clearTimeout(late);
      }),
    );
  }
}

/** The next message of a child; rejects when it ends before. */
export function next<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => {
      child.off("message", told);
      reject(badEnd(child, code));
    };
    const told = (message: unknown): void => {
      child.off("exit", ended);
      resolve(message as Message);
    };
    child.once("message", told);
    child.once("exit", ended);
  });
}

/** What a child sends until it ends; throws when it ends badly. */
export function messages<Message>(child: ChildProcess, take: (message: Message) => void): Promise<void> {
  child.on("message", (message) => take(message as Message));
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => (code === 0 ? resolve() : reject(badEnd(child, code))));
  });
}

const badEnd = (child: ChildProcess, code: number | null): Error =>
  new Error(`${child.spawnargs.find((word) => word.endsWith(".ts")) ?? "a process"} ended with ${code ?? "a signal"}`);

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Order, Told } from "./message.ts";

/** A forked engine; `hear` is given all that it says. */
export class SubjectProcess {
  private readonly child: ChildProcess;
  private readonly gone: Promise<void>;

  constructor(file: string, words: readonly string[], hear: (told: Told) => void) {
    this.child = fork(fileURLToPath(new URL(file, import.meta.url)), [...words], { execArgv: ["--import", import.meta.resolve("tsx")] });
    this.child.on("message", hear);
    this.gone = new Promise((resolve) => this.child.once("exit", () => resolve()));
  }

  send(order: Order): void {
    if (this.child.connected) this.child.send(order, () => undefined);
  }

  /** Resolves with the first message that says this; rejects when the process ends before. */
  told<Key extends keyof Told>(what: Key): Promise<NonNullable<Told[Key]>> {
    return new Promise((resolve, reject) => {
      this.child.on("message", (told: Told) => {
        const value = told[what];
        if (value !== undefined) resolve(value as NonNullable<Told[Key]>);
      });
      void this.gone.then(() => reject(new Error("the engine's process ended by itself")));
    });
  }

  /** Ends it as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.gone;
  }
}

import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile, foldTrace } from "@drawbridge/interpreter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chain } from "../testing/chain.ts";
import { type Service, startService } from "../testing/service.ts";
import { openDatabase } from "./open-database.ts";
import { RunStore } from "./run-store.ts";

const folder = mkdtempSync(join(tmpdir(), "drawbridge-crash-"));
const file = join(folder, "drawbridge.db");
const accepted: string[] = [];
let service: Service;

beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

type Message = { readonly ready?: true; readonly accepted?: string; readonly finished?: true };

async function startEngine(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("../testing/crash-subject.ts", import.meta.url)), [file, service.url], { execArgv: ["--import", import.meta.resolve("tsx")] });
  child.on("message", ({ accepted: run }: Message) => {
    if (run !== undefined) accepted.push(run);
  });
  await told(child, "ready");
  return child;
}

function told(child: ChildProcess, what: keyof Message): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: Message) => {
      if (message[what] !== undefined) resolve();
    });
    child.once("exit", (code, signal) => reject(new Error(`the engine's process ended: ${signal ?? code}`)));
  });
}

/** Ends the process as a power cut would, and waits until it is gone. */
const kill = (child: ChildProcess): Promise<unknown> => {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  return gone;
};

describe("an engine that is killed", () => {
  it("loses no run that it accepted, and sends nothing twice that must not be", async () => {
    for (const requests of [13, 25, 57]) {
      const before = service.requests.length;
      const child = await startEngine();
      child.send({ start: 10 });
      await service.asked("*", before + requests);
      await kill(child);
    }
    const last = await startEngine();
    const finished = told(last, "finished");
    last.send({ finish: accepted });
    await finished;
    await kill(last);

    const database = openDatabase(file);
    const store = new RunStore(database.raw, 1_000);
    expect(accepted.length).toBeGreaterThan(15);
    const plan = compile(chain);
    for (const run of accepted) {
      const trace = [...store.wholeTrace(run)];
      expect(trace.map((event) => event.seq)).toEqual(trace.map((_, index) => index + 1));
      const state = foldTrace(plan, trace);
      expect(state).toMatchObject({ status: "succeeded", outcome: "closed", outputs: { seen: state?.input["n"] } });
    }
    const changing = service.requests.filter(({ path }) => path === "/isolate" || path === "/close").map(({ path, key }) => `${path} ${key.split("/")[0]}`);
    expect(changing.length).toBeGreaterThan(20);
    expect(new Set(changing).size).toBe(changing.length);
    await store.close();
    await database.close();
  }, 90_000);
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeFlags } from "@drawbridge/server/node-flags";

const root = join(import.meta.dirname, "..");
const bundle = join(root, "apps/server/dist/main.js");

export interface ServerProcess {
  readonly url: string;
  readonly home: string;
  readonly pid: number;
  /** What it wrote so far, for messages of failed tests. */
  readonly output: () => string;
  /** Ends it at once, as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Asks it to stop and waits until it has. */
  readonly stop: () => Promise<void>;
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port.");
  return address.port;
}

export const emptyHome = (): Promise<string> => mkdtemp(join(tmpdir(), "drawbridge-"));
export const removeHome = (home: string): Promise<void> => rm(home, { recursive: true, force: true });

async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/api/v1/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server was not ready in 30 s:\n${output()}`);
}

/** Starts the built server as a process of its own. */
export async function startServerProcess(options: { home: string; port?: number; environment?: Record<string, string> }): Promise<ServerProcess> {
  if (!existsSync(bundle)) throw new Error("The server is not built; run `pnpm build`.");
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, [...nodeFlags, bundle], {
    env: { ...process.env, PORT: String(port), HOST: "127.0.0.1", DRAWBRIDGE_HOME: options.home, ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString("utf8")).slice(-20_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const url = `http://127.0.0.1:${port}`;
  const output = () => text;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  await ready(url, child, output);
  return { url, home: options.home, pid: child.pid ?? 0, output, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

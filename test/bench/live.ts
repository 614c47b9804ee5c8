import type { ChildProcess } from "node:child_process";
import { Children, next } from "./children.ts";
import { median, type Report, rounded } from "./figure.ts";
import { waitSeconds } from "./live-playbook.ts";
import { LiveServer } from "./live-server.ts";
import type { Watched } from "./live-watchers.ts";
import { cpuMs, residentMb } from "./process-cost.ts";

const watchers = 200;
const watchingProcesses = 2;
/** An item makes three events, so 200 a second. */
const paceMs = 15;
const warmUpMs = 3_000;
const measuredMs = 12_000;
const quietMs = 6_000;

const stalled = 20;
/** Items of a run as fast as it goes, and how often it is measured. */
const fastItems = 5_000;
const fastRuns = 3;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How soon 200 watchers of one run know what happened, and what watchers that stop reading cost. Times are from an event's `at`, taken just before its commit, to its receipt. */
export async function liveBench(report: Report): Promise<void> {
  const children = new Children();
  const vendor = await children.serve("live-vendor.ts", [String(paceMs)]);
  let server: LiveServer | null = null;
  try {
    server = await LiveServer.start(vendor);
    await watched(report, server, children);
    await withStalled(report, server, children);
  } finally {
    await children.end();
    await server?.stop();
  }
}

async function watched(report: Report, server: LiveServer, children: Children): Promise<void> {
  const { pid } = server.process;
  const run = await server.run("paced", Math.ceil((warmUpMs * 3 + measuredMs + quietMs + 10_000) / paceMs));
  await pause(waitSeconds * 1_000 + warmUpMs);
  const alone = await cpuOver(pid, quietMs);
  const clients = await Promise.all(Array.from({ length: watchingProcesses }, () => watch(server, children, run, watchers / watchingProcesses)));
  await pause(warmUpMs);
  for (const client of clients) client.send("begin");
  const together = await cpuOver(pid, measuredMs);
  const seen = await Promise.all(clients.map((client) => told(client)));
  await server.cancel(run);
  for (const client of clients) client.disconnect();
  const lost = seen.reduce((sum, each) => sum + each.lost, 0);
  if (lost > 0) throw new Error(`${lost} gaps in what the watchers got`);
  const histogram = added(seen);
  const events = seen.reduce((sum, each) => sum + each.events, 0);
  report({ figure: "live.p50", value: percentile(histogram, 0.5), unit: "ms", floor: null, ratio: null });
  report({ figure: "live.p99", value: percentile(histogram, 0.99), unit: "ms", floor: null, ratio: null });
  report({ figure: "live.events", value: rounded((events * 1_000) / measuredMs / watchers), unit: "events/s", floor: null, ratio: null });
  report({ figure: "live.perWatcher.cpu", value: rounded((together - alone) / watchers, 3), unit: "ms/s", floor: null, ratio: null });
}

/** Watchers whose process is stopped, so that their connections stay and take nothing; by turns without and with them. */
async function withStalled(report: Report, server: LiveServer, children: Children): Promise<void> {
  await fast(server, null);
  const without: Fast[] = [];
  const together: Fast[] = [];
  for (let round = 0; round < fastRuns; round += 1) {
    without.push(await fast(server, null));
    together.push(await fast(server, children));
  }
  const [before, during] = [without, together].map((all) => median(all.map(({ rate }) => rate))) as [number, number];
  report({ figure: "live.stalled.throughput", value: rounded(during), unit: "items/s", floor: rounded(before), ratio: rounded(during / before, 3) });
  const [alone, memory] = [without, together].map((all) => Math.max(...all.map(({ resident }) => resident))) as [number, number];
  report({ figure: "live.stalled.memory", value: rounded(memory), unit: "MB", floor: rounded(alone), ratio: rounded(memory / alone, 3) });
}

interface Fast {
  readonly rate: number;
  readonly resident: number;
}

/** Items a second of a run as fast as the engine makes it, and the server's memory at its end; with `children`, stalled watchers have come before it begins. */
async function fast(server: LiveServer, children: Children | null): Promise<Fast> {
  const run = await server.run("large", fastItems);
  const client = children && (await watch(server, children, run, stalled));
  client?.kill("SIGSTOP");
  const { startedAt, endedAt, status } = await server.ended(run);
  const resident = residentMb(server.process.pid);
  client?.kill("SIGKILL");
  if (status !== "succeeded" || endedAt === null) throw new Error(`a run has ${status}`);
  return { rate: (fastItems * 1_000) / (Date.parse(endedAt) - Date.parse(startedAt) - waitSeconds * 1_000), resident };
}

async function watch(server: LiveServer, children: Children, run: string, count: number): Promise<ChildProcess> {
  const client = children.start("live-watchers.ts", [server.process.url, JSON.stringify(server.cookies), String(count), run]);
  await next(client);
  return client;
}

function told(client: ChildProcess): Promise<Watched> {
  const answer = next<Watched>(client);
  client.send("report");
  return answer;
}

/** Processor ms that a process took in a second, over a while. */
async function cpuOver(pid: number, ms: number): Promise<number> {
  const before = cpuMs(pid);
  const begin = performance.now();
  await pause(ms);
  return ((cpuMs(pid) - before) * 1_000) / (performance.now() - begin);
}

function added(seen: readonly Watched[]): number[] {
  const longest = Math.max(...seen.map((each) => each.histogram.length));
  return Array.from({ length: longest }, (_each, index) => seen.reduce((sum, { histogram }) => sum + (histogram[index] ?? 0), 0));
}

/** The whole milliseconds within which this share of the events came. */
function percentile(histogram: readonly number[], share: number): number {
  const all = histogram.reduce((sum, each) => sum + each, 0);
  let sum = 0;
  for (const [took, count] of histogram.entries()) {
    sum += count;
    if (sum >= all * share) return took + 1;
  }
  return Number.NaN;
}

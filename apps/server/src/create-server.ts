import { once } from "node:events";
import type { Server } from "node:http";
import { Closing } from "./closing.ts";
import { type ServerOptions, type Settings, settingsOf } from "./options.ts";
import { noteAlertTriggers } from "./intake/note-alert-triggers.ts";
import { installLibrary } from "./playbooks/install-library.ts";
import { WorldSeat } from "./sample-world/world-seat.ts";
import { addFirstPeople } from "./sign-in/first-people.ts";
import { wireApi } from "./wire-api.ts";
import { type RunParts, wireRuns } from "./wire-runs.ts";
import { wireWorker } from "./wire-worker.ts";

export interface RunningServer {
  readonly url: string;
  /** One line that says where what is. */
  readonly greeting: string;
  /** What to show to whoever started it: how to sign in, on a first start. */
  readonly notices: readonly string[];
  /** Asks for new alerts now. */
  readonly poll: () => Promise<void>;
  /** Deletes now what retention no longer keeps, when that is this process's duty. */
  readonly sweep: () => Promise<void>;
  /** Fires the schedules that are due now, when that is this process's duty. */
  readonly fireSchedules: () => Promise<void>;
  /** Takes no more, lets what is under way end, and closes. */
  readonly close: () => Promise<void>;
}

/** Starts a process: a server, a worker, or both in one. */
export async function createServer(options: ServerOptions): Promise<RunningServer> {
  const settings = settingsOf(options);
  const closing = new Closing();
  try {
    const parts = await wireRuns(settings, closing);
    const { engine, stopEngine, duties, lead, log, state } = parts;
    const { http, notices } = await (settings.role === "worker" ? { http: wireWorker(parts, closing), notices: [] } : openApi(parts, settings, closing));
    // Once more, so that it ends before what it works with.
    closing.add(stopEngine);
    const url = await listen(http, settings);
    const { open, resumed } = await engine.recover();
    state.recovered = true;
    if (open > 0) log.info({ open, resumed }, "runs go on");
    const leadership = lead("duties", duties);
    closing.add(() => leadership.stop());
    await leadership.start();
    closing.add(() => (state.stopping = true));
    const greeting = settings.role === "worker" ? `A worker of Drawbridge is at work; its health is at ${url}/health` : `Drawbridge is at ${url}`;
    return { url, greeting, notices, sweep: () => duties.sweep(), poll: () => duties.poll(), fireSchedules: () => duties.fireSchedules(), close: () => closing.run() };
  } catch (error) {
    await closing.run().catch(() => undefined);
    throw error;
  }
}

/** What only processes with an interface do at their start. */
async function openApi(parts: RunParts, settings: Settings, closing: Closing) {
  const { store, people, lead, shelf, log } = parts;
  const notices = await addFirstPeople(people, settings);
  const world = new WorldSeat(parts);
  if (settings.sampleWorld && settings.connectionsFile === null) {
    const leadership = lead("sample world", world);
    closing.add(() => world.close());
    closing.add(() => leadership.stop());
    await leadership.start();
  }
  await installLibrary(settings.library, shelf, log);
  await noteAlertTriggers(store, shelf);
  return { http: wireApi(parts, world, closing), notices };
}

async function listen(http: Server, { port, host }: Settings): Promise<string> {
  http.listen(port, host);
  await Promise.race([once(http, "listening"), once(http, "error").then(([error]) => Promise.reject(error as Error))]);
  const address = http.address();
  return `http://${host.includes(":") ? `[${host}]` : host}:${typeof address === "object" && address !== null ? address.port : port}`;
}

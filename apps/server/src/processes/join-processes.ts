import type { Log } from "../log.ts";
import type { OpenStore } from "../store/open-store.ts";
import { type Bus, noBus } from "./bus.ts";
import { Leadership, type Led } from "./leadership.ts";

/** What this process has with the others of its database. */
export interface Processes {
  readonly bus: Bus;
  /** For what one process at a time does. */
  readonly lead: (name: string, led: Led) => { start(): Promise<void>; stop(): Promise<void> };
}

/** Joins the processes of a PostgreSQL database; that of an SQLite file is alone and leads everything. */
export async function joinProcesses(opened: OpenStore, log: Log): Promise<Processes> {
  if (opened.kind === "sqlite") return { bus: noBus, lead: (_name, led) => ({ start: led.begin, stop: led.end }) };
  const { Line } = await import("./line.ts");
  const { PostgresBus } = await import("./postgres-bus.ts");
  const line = new Line(opened.database.url, log);
  const bus = new PostgresBus(opened.store, line, log);
  await line.open();
  return { bus, lead: (name, led) => new Leadership(line, name, led, log) };
}

import type { Engine, EngineHost } from "@drawbridge/engine";
import { EmbeddedEngine, type EngineGauges } from "@drawbridge/engine/embedded";
import type { ProcessRole } from "./options.ts";
import type { OpenStore } from "./store/open-store.ts";

/** An engine as a server uses it. */
export interface RunEngine extends Engine {
  readonly gauges: EngineGauges;
  /** Deletes families of ended runs, and tells which it deleted. */
  deleteRuns(families: readonly (readonly string[])[]): Promise<readonly string[]>;
}

/** The engine for where the store is; one process does without the code of several. */
export async function openEngine(opened: OpenStore, role: ProcessRole, host: EngineHost): Promise<RunEngine> {
  if (opened.kind === "sqlite") return new EmbeddedEngine(opened.database, host);
  const { DistributedEngine } = await import("@drawbridge/engine/distributed");
  return new DistributedEngine(opened.database, host, { role });
}

import type { ActionCaller, Engine } from "@drawbridge/engine";
import type { Database, EngineGauges, EngineLimits } from "@drawbridge/engine/embedded";
import type { Playbook } from "@drawbridge/playbook";
import type { ContractHost } from "./contract-host.ts";

/** What every engine can beside the port that hosts use. */
export interface ContractEngine extends Engine {
  readonly gauges: EngineGauges;
  deleteRuns(families: readonly (readonly string[])[]): Promise<readonly string[]>;
}

export interface WorldOptions {
  readonly actions: ActionCaller;
  readonly playbooks: readonly Playbook[];
  readonly limits?: Partial<EngineLimits>;
  /** Calls under way at once of a playbook's runs, of those that have a limit. */
  readonly callsOf?: { readonly [playbook: string]: number };
}

/** Engines over one store of their own: as many as the subject has processes. Any of them can be asked. */
export interface ContractWorld {
  readonly engines: readonly ContractEngine[];
  readonly host: ContractHost;
  readonly store: Database["kysely"];
  /** Ends every engine with nothing waited for. */
  crash(): Promise<void>;
  /** Starts the engines again. */
  open(): Promise<void>;
  /** Resolves when all engines know of each other: until then their shares of the limits are too large. */
  settled(): Promise<void>;
  /** Makes every clock show so much more, also those that nobody looks at at the moment. */
  jump(ms: number): Promise<void>;
  /** Keeps the store from taking or giving anything until the answer is called. */
  blockStore(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** An engine that the contract is kept by. */
export interface ContractSubject {
  readonly name: string;
  open(options: WorldOptions): Promise<ContractWorld>;
}

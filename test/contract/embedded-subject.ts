import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, EmbeddedEngine, engineMigrations, migrate, openDatabase } from "@drawbridge/engine/embedded";
import { ContractHost } from "./contract-host.ts";
import type { ContractSubject, ContractWorld, WorldOptions } from "./subject.ts";

/** The engine of one process over a file. */
export const embedded: ContractSubject = {
  name: "the embedded engine, on SQLite",
  open: async (options) => {
    const world = new EmbeddedWorld(options);
    await world.open();
    return world;
  },
};

class EmbeddedWorld implements ContractWorld {
  readonly host: ContractHost;
  engines: EmbeddedEngine[] = [];
  private database!: Database;
  private readonly folder = mkdtempSync(join(tmpdir(), "drawbridge-contract-"));
  private readonly options: WorldOptions;

  constructor(options: WorldOptions) {
    this.options = options;
    this.host = new ContractHost(options);
  }

  get store(): Database["kysely"] {
    return this.database.kysely;
  }

  async open(): Promise<void> {
    this.database = openDatabase(join(this.folder, "drawbridge.db"));
    await migrate(this.database.kysely, engineMigrations);
    const engine = new EmbeddedEngine(this.database, this.host, { storeBusyMs: 50, ...this.options.limits });
    this.engines = [engine];
    await engine.recover();
  }

  async crash(): Promise<void> {
    for (const engine of this.engines.splice(0)) await engine.stop();
    await this.database.close();
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  async jump(ms: number): Promise<void> {
    await this.crash();
    this.host.ahead += ms;
    await this.open();
  }

  blockStore(): Promise<() => Promise<void>> {
    this.database.raw.exec("begin immediate");
    return Promise.resolve(() => {
      this.database.raw.exec("rollback");
      return Promise.resolve();
    });
  }

  async close(): Promise<void> {
    await this.crash();
    await this.host.scripts.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

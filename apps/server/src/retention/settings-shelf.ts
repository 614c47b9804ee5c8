import type { Bus } from "../processes/bus.ts";
import type { Store } from "../store/store.ts";

/** Null: as the default for all playbooks says; there it means without limit. */
export interface PlaybookSettings {
  readonly keepDays: number | null;
  readonly keepRuns: number | null;
  readonly callsAtOnce: number | null;
}

const everyPlaybook = "*";
const nothingSet: PlaybookSettings = { keepDays: null, keepRuns: null, callsAtOnce: null };

/** Settings of playbooks beside their documents, all kept in memory. */
export class SettingsShelf {
  readonly #store: Store;
  readonly #bus: Bus;
  readonly #known = new Map<string, PlaybookSettings>();

  constructor(store: Store, bus: Bus) {
    this.#store = store;
    this.#bus = bus;
    bus.on("settings-changed", () => this.load());
  }

  async load(): Promise<void> {
    for (const row of await this.#store.all(this.#store.sql.selectFrom("playbook_settings").selectAll()))
      this.#known.set(row.playbook_id, { keepDays: row.keep_days, keepRuns: row.keep_runs, callsAtOnce: row.calls_at_once });
  }

  of(playbook: string = everyPlaybook): PlaybookSettings {
    return this.#known.get(playbook) ?? nothingSet;
  }

  /** What counts for a playbook: its own, else the default. */
  inForce(playbook: string): PlaybookSettings {
    const [own, all] = [this.of(playbook), this.of()];
    return { keepDays: own.keepDays ?? all.keepDays, keepRuns: own.keepRuns ?? all.keepRuns, callsAtOnce: own.callsAtOnce ?? all.callsAtOnce };
  }

  /** The playbooks with settings of their own. */
  own(): readonly (readonly [string, PlaybookSettings])[] {
    return [...this.#known].filter(([playbook, settings]) => playbook !== everyPlaybook && Object.values(settings).some((value) => value !== null));
  }

  async put(settings: PlaybookSettings, playbook: string = everyPlaybook): Promise<void> {
    const values = { keep_days: settings.keepDays, keep_runs: settings.keepRuns, calls_at_once: settings.callsAtOnce };
    await this.#store.atomically(async () => {
      await this.#store.run(
        this.#store.sql
          .insertInto("playbook_settings")
          .values({ playbook_id: playbook, ...values })
          .onConflict((conflict) => conflict.column("playbook_id").doUpdateSet(values)),
      );
      await this.#bus.tell({ kind: "settings-changed" });
    });
    this.#known.set(playbook, { ...settings });
  }
}

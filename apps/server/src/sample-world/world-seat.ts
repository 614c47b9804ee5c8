import type { Connections } from "../connections/connections.ts";
import type { Led } from "../processes/leadership.ts";
import type { Sealer } from "../secrets/sealer.ts";
import type { Store } from "../store/store.ts";
import { SampleWorld } from "./sample-world.ts";
import type { World } from "./world.ts";
import { openWorldDoor, type WorldDoor } from "./world-door.ts";
import { WorldElsewhere } from "./world-elsewhere.ts";

interface Parts {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly connections: Connections;
}

interface Here {
  readonly world: SampleWorld;
  readonly door: WorldDoor | null;
}

const context = "sample world";

/** Where the sample world of a database is: in the process that leads here, found by the others through the store. It outlives a lost line unless another process took the lead. */
export class WorldSeat implements Led {
  readonly #parts: Parts;
  #here: Here | null = null;
  #leads = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly begin = async (): Promise<void> => {
    const row = await this.#row();
    if (this.#here && row?.url === this.#here.door?.url) return void (this.#leads = true);
    await this.#leave();
    const { store, sealer, connections } = this.#parts;
    const world = await SampleWorld.start(connections);
    const door = store.dialect === "sqlite" ? null : await openWorldDoor(world);
    this.#here = { world, door };
    if (door) {
      const values = { url: door.url, sealed: sealer.seal(door.token, context) };
      await store.run(
        store.sql
          .insertInto("sample_world")
          .values({ id: "world", ...values })
          .onConflict((on) => on.column("id").doUpdateSet(values)),
      );
    }
    this.#leads = true;
  };

  readonly end = (): Promise<void> => {
    this.#leads = false;
    return Promise.resolve();
  };

  /** The world, here or in another process; null when there is none. */
  async find(): Promise<World | null> {
    if (this.#here && this.#leads) return this.#here.world;
    const row = await this.#row();
    if (!row) return null;
    return this.#here?.door?.url === row.url ? this.#here.world : new WorldElsewhere(row.url, this.#parts.sealer.open(row.sealed, context));
  }

  async close(): Promise<void> {
    const url = this.#here?.door?.url;
    await this.#leave();
    const { store } = this.#parts;
    if (url !== undefined) await store.run(store.sql.deleteFrom("sample_world").where("url", "=", url));
  }

  #row() {
    const { store } = this.#parts;
    return store.first(store.sql.selectFrom("sample_world").selectAll().where("id", "=", "world"));
  }

  async #leave(): Promise<void> {
    const here = this.#here;
    this.#here = null;
    await here?.door?.close();
    await here?.world.close();
  }
}

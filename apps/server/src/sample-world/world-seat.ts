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

/** Where the sample world of a database is: in the process that leads here, found by the others through the store. */
export class WorldSeat implements Led {
  readonly #parts: Parts;
  #here: Here | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly begin = async (): Promise<void> => {
    const { store, sealer, connections } = this.#parts;
    const world = await SampleWorld.start(connections);
    this.#here = { world, door: null };
    if (store.dialect === "sqlite") return;
    const door = await openWorldDoor(world);
    this.#here = { world, door };
    const row = { url: door.url, sealed: sealer.seal(door.token, context) };
    await store.run(
      store.sql
        .insertInto("sample_world")
        .values({ id: "world", ...row })
        .onConflict((on) => on.column("id").doUpdateSet(row)),
    );
  };

  readonly end = async (): Promise<void> => {
    const here = this.#here;
    this.#here = null;
    await here?.door?.close();
    await here?.world.close();
    const { store } = this.#parts;
    if (here?.door) await store.run(store.sql.deleteFrom("sample_world").where("url", "=", here.door.url));
  };

  /** The world, here or in another process; null when there is none. */
  async find(): Promise<World | null> {
    if (this.#here) return this.#here.world;
    const { store, sealer } = this.#parts;
    const row = await store.first(store.sql.selectFrom("sample_world").selectAll().where("id", "=", "world"));
    return row ? new WorldElsewhere(row.url, sealer.open(row.sealed, context)) : null;
  }
}

import { type RunQuery, runQuery, type SavedRunView } from "@drawbridge/protocol";
import type { Viewer } from "../access/viewer.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import { newId } from "../store/new-id.ts";
import type { Store } from "../store/store.ts";

const most = 50;

interface Wanted {
  readonly name: string;
  readonly query: RunQuery;
}

/** Searches for runs that people have saved, each for themselves. */
export class SavedRunViews {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async list(viewer: Viewer): Promise<SavedRunView[]> {
    const rows = await this.#store.all(this.#store.sql.selectFrom("run_views").select(["id", "name", "query"]).where("person_id", "=", viewer.id).orderBy("name").orderBy("id"));
    return rows.map(({ id, name, query }) => ({ id, name, query: runQuery.catch({}).parse(JSON.parse(query)) }));
  }

  create(viewer: Viewer, wanted: Wanted): Promise<SavedRunView> {
    return this.#changing(viewer, wanted, null, async () => {
      const id = newId("rv", Date.now());
      await this.#store.run(this.#store.sql.insertInto("run_views").values({ id, person_id: viewer.id, name: wanted.name, query: JSON.stringify(wanted.query) }));
      return { id, ...wanted };
    });
  }

  update(viewer: Viewer, id: string, wanted: Wanted): Promise<SavedRunView> {
    return this.#changing(viewer, wanted, id, async () => {
      const change = { name: wanted.name, query: JSON.stringify(wanted.query) };
      if ((await this.#store.run(this.#store.sql.updateTable("run_views").set(change).where("id", "=", id).where("person_id", "=", viewer.id))) === 0) throw notFound("saved view");
      return { id, ...wanted };
    });
  }

  async delete(viewer: Viewer, id: string): Promise<void> {
    if ((await this.#store.run(this.#store.sql.deleteFrom("run_views").where("id", "=", id).where("person_id", "=", viewer.id))) === 0) throw notFound("saved view");
  }

  #changing(viewer: Viewer, { name }: Wanted, own: string | null, change: () => Promise<SavedRunView>): Promise<SavedRunView> {
    return this.#store.atomically(async () => {
      await this.#store.lock(`run views of ${viewer.id}`);
      const others = (await this.list(viewer)).filter(({ id }) => id !== own);
      if (others.some((each) => each.name === name)) throw new ProblemError("already-exists", `You have a view with the name "${name}" already.`, { pointer: "/name" });
      if (others.length >= most) throw new ProblemError("invalid-request", `A person keeps ${most} views at most; delete one first.`);
      return change();
    });
  }
}

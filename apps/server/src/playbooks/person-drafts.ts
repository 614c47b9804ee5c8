import type { Store } from "../store/store.ts";
import type { PlaybookDraftRow } from "../store/tables.ts";

/** Drafts of published playbooks, one for each person who has changed something. */
export class PersonDrafts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  find(id: string, person: string): Promise<PlaybookDraftRow | undefined> {
    return this.#store.first(this.#store.sql.selectFrom("playbook_drafts").selectAll().where("playbook_id", "=", id).where("person", "=", person));
  }

  async put(row: PlaybookDraftRow): Promise<void> {
    const { document, base, at } = row;
    await this.#store.run(
      this.#store.sql
        .insertInto("playbook_drafts")
        .values(row)
        .onConflict((conflict) => conflict.columns(["playbook_id", "person"]).doUpdateSet({ document, base, at })),
    );
  }

  async drop(id: string, person: string): Promise<void> {
    await this.#store.run(this.#store.sql.deleteFrom("playbook_drafts").where("playbook_id", "=", id).where("person", "=", person));
  }

  async dropAll(id: string): Promise<void> {
    await this.#store.run(this.#store.sql.deleteFrom("playbook_drafts").where("playbook_id", "=", id));
  }
}

import { type Scenario, scenario as scenarioSchema } from "@drawbridge/engine";
import type { Json } from "@drawbridge/playbook";
import type { SavedScenario } from "@drawbridge/protocol";
import { instant } from "../instant.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import { newId } from "../store/new-id.ts";
import type { Store } from "../store/store.ts";

const most = 200;

/** Scenarios kept with playbooks; a second one of the same name takes the place of the first. */
export class ScenarioShelf {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async list(playbook: string): Promise<SavedScenario[]> {
    const rows = await this.#store.all(
      this.#store.sql.selectFrom("playbook_scenarios").select(["id", "name", "at", "by", "run_id"]).where("playbook_id", "=", playbook).orderBy("name"),
    );
    return rows.map(({ run_id, ...row }) => ({ ...row, run: run_id }));
  }

  async read(playbook: string, id: string): Promise<{ readonly [key: string]: Json }> {
    const row = await this.#store.first(this.#store.sql.selectFrom("playbook_scenarios").select("document").where("playbook_id", "=", playbook).where("id", "=", id));
    if (!row) throw notFound("scenario");
    return JSON.parse(row.document) as { readonly [key: string]: Json };
  }

  save(playbook: string, given: { readonly [key: string]: Json }, by: string, run: string | null): Promise<SavedScenario> {
    const document = checked(given);
    return this.#store.atomically(async () => {
      await this.#store.lock(`scenarios of ${playbook}`);
      const known = await this.list(playbook);
      const same = known.find(({ name }) => name === document.name);
      if (!same && known.length >= most) throw new ProblemError("invalid-request", `A playbook keeps ${most} scenarios at most; delete one first.`);
      const row = { name: document.name, document: JSON.stringify(document), at: instant(Date.now()), by, run_id: run };
      const id = same?.id ?? newId("sc", Date.now());
      if (same) await this.#store.run(this.#store.sql.updateTable("playbook_scenarios").set(row).where("id", "=", id));
      else await this.#store.run(this.#store.sql.insertInto("playbook_scenarios").values({ id, playbook_id: playbook, ...row }));
      return { id, name: row.name, at: row.at, by, run };
    });
  }

  async delete(playbook: string, id: string): Promise<void> {
    if ((await this.#store.run(this.#store.sql.deleteFrom("playbook_scenarios").where("playbook_id", "=", playbook).where("id", "=", id))) === 0) throw notFound("scenario");
  }
}

function checked(given: { readonly [key: string]: Json }): Scenario {
  const read = scenarioSchema.safeParse(given);
  if (read.success) return read.data;
  const problems = read.error.issues.slice(0, 20).map((issue) => ({ code: "invalid-document", message: issue.message, pointer: `/scenario/${issue.path.map(String).join("/")}` }));
  throw new ProblemError("invalid-document", `This is not a scenario: ${problems[0]?.pointer ?? ""}: ${problems[0]?.message ?? ""}`, { problems });
}

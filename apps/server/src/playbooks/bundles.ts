import { bundleOf, unresolvedIn } from "@drawbridge/formats";
import type { Playbook } from "@drawbridge/playbook";
import type { ImportPlan } from "@drawbridge/protocol";
import { ProblemError } from "../problem-error.ts";
import type { Store } from "../store/store.ts";
import { callsOf, readDocument } from "./document.ts";
import type { ServerCatalog } from "./playbook-catalog.ts";
import type { PlaybookShelf } from "./playbook-shelf.ts";

/** Documents of a request; a refusal says which of them it is about. */
export function readDocuments(bodies: readonly unknown[]): Playbook[] {
  return bodies.map((body, index) => at(index, () => readDocument(body)));
}

/** What importing the documents would meet. */
export async function planImport(store: Store, { actions }: ServerCatalog, playbooks: readonly Playbook[]): Promise<ImportPlan> {
  const named = [...new Set(playbooks.flatMap((playbook) => [playbook.id, ...callsOf(playbook)]))];
  const known = new Set((await store.all(store.sql.selectFrom("playbooks").select("id").where("id", "in", named).where("deleted", "=", 0))).map(({ id }) => id));
  const connections = await store.all(store.sql.selectFrom("connections").select(["id", "integration"]));
  const catalog = {
    actions: actions(),
    connections: new Map(connections.map(({ id, integration }) => [id, integration])),
    playbooks: new Map([...known].map((id) => [id, { inputs: [], calls: [] }])),
  };
  return {
    playbooks: playbooks.map(({ id, name, steps }) => ({ id, name, steps: Object.keys(steps).length, taken: known.has(id) })),
    unresolved: unresolvedIn(playbooks, catalog).map((each) => ({ ...each, usedBy: [...each.usedBy] })),
  };
}

/** Creates all of them as drafts, or none. */
export function importPlaybooks(store: Store, shelf: PlaybookShelf, playbooks: readonly Playbook[], by: string): Promise<void> {
  const order = [...playbooks.entries()].sort(([, one], [, other]) => (one.id < other.id ? -1 : 1));
  return store.atomically(async () => {
    for (const [index, playbook] of order) await shelf.create(playbook, by).catch((error: unknown) => at(index, () => rethrow(error)));
  });
}

/** The most playbooks that a bundle takes along. */
const mostInBundle = 500;

/** The playbook as the person edits it, and all that it calls, near ones first. */
export async function readBundleOf(shelf: PlaybookShelf, id: string, person: string) {
  const playbooks = new Map<string, Playbook>([[id, (await shelf.draft(id, person)).playbook]]);
  const missing = new Set<string>();
  for (const playbook of playbooks.values())
    for (const called of callsOf(playbook)) {
      if (playbooks.has(called) || missing.has(called)) continue;
      if (playbooks.size >= mostInBundle) throw new ProblemError("too-large", `${id} calls more than ${mostInBundle} playbooks; a bundle takes no more.`);
      const found = await shelf.draft(called, person).catch(notThere);
      if (found) playbooks.set(called, found.playbook);
      else missing.add(called);
    }
  return { bundle: { ...bundleOf(id, []), playbooks: [...playbooks.values()] }, missing: [...missing] };
}

function notThere(error: unknown): null {
  if (error instanceof ProblemError && error.code === "not-found") return null;
  throw error;
}

function rethrow(error: unknown): never {
  throw error;
}

function at<Result>(index: number, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const place = `/playbooks/${index}`;
    const problems = error.extra.problems?.map((each) => ({ ...each, pointer: `${place}${each.pointer}` }));
    throw new ProblemError(error.code, error.message, { pointer: `${place}${error.extra.pointer ?? ""}`, ...(problems ? { problems } : {}) });
  }
}

import type { ActionFacts, Catalog, Playbook } from "@drawbridge/playbook";
import type { Store } from "../store/store.ts";
import { callsOf } from "./document.ts";

/** What the server knows for checks, whatever the playbook. */
export interface ServerCatalog {
  readonly actions: () => ReadonlyMap<string, ActionFacts>;
}

/** The world around one playbook: all actions and connections, and the playbooks that it can reach by calls. */
export async function playbookCatalog(store: Store, { actions }: ServerCatalog, playbook: Playbook): Promise<Catalog> {
  const connections = await store.all(store.sql.selectFrom("connections").select(["id", "integration"]));
  const playbooks = new Map<string, { inputs: readonly { key: string; required?: boolean }[]; calls: readonly string[] }>();
  const waiting = [...callsOf(playbook)];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (playbooks.has(id)) continue;
    const row = await store.first(store.sql.selectFrom("playbooks").select(["inputs", "calls"]).where("id", "=", id).where("deleted", "=", 0).where("live", "is not", null));
    if (!row) continue;
    const calls = JSON.parse(row.calls) as string[];
    playbooks.set(id, { inputs: JSON.parse(row.inputs) as { key: string; required?: boolean }[], calls });
    waiting.push(...calls);
  }
  if (callsOf(playbook).includes(playbook.id) && !playbooks.has(playbook.id))
    playbooks.set(playbook.id, { inputs: playbook.inputs?.map(({ key }) => ({ key })) ?? [], calls: callsOf(playbook) });
  return { actions: actions(), connections: new Map(connections.map(({ id, integration }) => [id, integration])), playbooks };
}

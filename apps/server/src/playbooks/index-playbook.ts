import type { Playbook } from "@drawbridge/playbook";
import type { Store } from "../store/store.ts";
import { actionsOf, callsOf, connectionsOf } from "./document.ts";

/** Writes anew what a playbook is found by: its tags, connections, actions and calls. */
export async function indexPlaybook(store: Store, playbook: Playbook): Promise<void> {
  const { sql } = store;
  const playbook_id = playbook.id;
  const [tags, connections, actions, calls] = [[...new Set(playbook.tags ?? [])], connectionsOf(playbook), actionsOf(playbook), callsOf(playbook)];
  for (const table of ["playbook_tags", "playbook_connections", "playbook_actions", "playbook_calls"] as const)
    await store.run(sql.deleteFrom(table).where("playbook_id", "=", playbook_id));
  if (tags.length > 0) await store.run(sql.insertInto("playbook_tags").values(tags.map((tag) => ({ playbook_id, tag }))));
  if (connections.length > 0) await store.run(sql.insertInto("playbook_connections").values(connections.map((connection) => ({ playbook_id, connection }))));
  if (actions.length > 0) await store.run(sql.insertInto("playbook_actions").values(actions.map((action) => ({ playbook_id, action }))));
  if (calls.length > 0) await store.run(sql.insertInto("playbook_calls").values(calls.map((called) => ({ playbook_id, called }))));
}

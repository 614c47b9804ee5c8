import type { PlaybookUses } from "@drawbridge/protocol";
import { runVisible } from "../access/visible.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Store } from "../store/store.ts";

const mostNodes = 120;
const mostRuns = 100;

/** Where a playbook is used, what it uses, and how its last runs fared, as far as the viewer may know of them. */
export async function playbookUses(store: Store, viewer: Viewer, id: string): Promise<PlaybookUses> {
  const { sql } = store;
  const connections = await store.all(
    sql
      .selectFrom("playbook_connections")
      .leftJoin("connections", "connections.id", "playbook_connections.connection")
      .select(["playbook_connections.connection as id", "connections.name", "connections.integration"])
      .where("playbook_connections.playbook_id", "=", id)
      .orderBy("playbook_connections.connection"),
  );
  const triggers = await store.all(sql.selectFrom("triggers").select(["id", "kind", "name", "enabled"]).where("playbook_id", "=", id).orderBy("name").limit(500));
  const alerts = await store.all(sql.selectFrom("alert_triggers").select("connection").where("playbook_id", "=", id).orderBy("connection"));
  const graph = await callGraph(store, id);
  const callers = new Set(graph.edges.flatMap(({ from, to }) => (to === id ? [from] : [])));
  return {
    calledBy: graph.nodes.flatMap((node) => (callers.has(node.id) ? [{ id: node.id, name: node.name, live: node.live }] : [])),
    connections,
    triggers: triggers.map(({ enabled, ...rest }) => ({ ...rest, enabled: enabled === 1 })),
    alerts: alerts.map(({ connection }) => connection),
    graph,
    health: await healthOf(store, viewer, id),
  };
}

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** The calls around a playbook: what it calls has a positive distance, what calls it a negative one. */
async function callGraph(store: Store, id: string): Promise<PlaybookUses["graph"]> {
  const distances = new Map<string, number>([[id, 0]]);
  const edges = new Map<string, Edge>();
  let more = false;
  const follow = async (by: 1 | -1) => {
    let ring = [id];
    for (let distance = by; ring.length > 0; distance += by) {
      const found = await store.all(
        store.sql
          .selectFrom("playbook_calls")
          .select(["playbook_id as from", "called as to"])
          .where(by === 1 ? "playbook_id" : "called", "in", ring)
          .orderBy(by === 1 ? "called" : "playbook_id")
          .limit(mostNodes * 4),
      );
      ring = [];
      for (const edge of found) {
        const next = by === 1 ? edge.to : edge.from;
        if (!distances.has(next)) {
          if (distances.size >= mostNodes) {
            more = true;
            continue;
          }
          distances.set(next, distance);
          ring.push(next);
        }
        edges.set(`${edge.from} ${edge.to}`, edge);
      }
    }
  };
  await follow(1);
  await follow(-1);
  const rows = await store.all(
    store.sql
      .selectFrom("playbooks")
      .select(["id", "name", "live"])
      .where("id", "in", [...distances.keys()])
      .where("deleted", "=", 0),
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  const nodes = [...distances].map(([each, distance]) => ({
    id: each,
    name: known.get(each)?.name ?? each,
    there: known.has(each),
    live: known.get(each)?.live ?? null,
    distance,
  }));
  return { nodes, edges: [...edges.values()], more };
}

async function healthOf(store: Store, viewer: Viewer, id: string): Promise<PlaybookUses["health"]> {
  const runs = await store.all(
    store.sql
      .selectFrom("runs")
      .select(["status", "started_at", "ended_at"])
      .where("playbook_id", "=", id)
      .where("ended_at", "is not", null)
      .where(runVisible(viewer))
      .orderBy("id", "desc")
      .limit(mostRuns),
  );
  const count = (status: string) => runs.filter((run) => run.status === status).length;
  const lengths = runs.flatMap(({ started_at, ended_at }) => (ended_at === null ? [] : [Date.parse(ended_at) - Date.parse(started_at)])).sort((one, other) => one - other);
  return { runs: runs.length, succeeded: count("succeeded"), failed: count("failed"), cancelled: count("cancelled"), medianMs: lengths[lengths.length >> 1] ?? null };
}

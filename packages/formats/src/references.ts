import type { Catalog, Playbook, Step } from "@drawbridge/playbook";

export type ReferenceKind = "action" | "connection" | "playbook";

/** Something that playbooks name and that is not here. `integration` says of a connection what it must be of. */
export interface UnresolvedReference {
  readonly kind: ReferenceKind;
  readonly id: string;
  readonly integration?: string;
  readonly usedBy: readonly { readonly playbook: string; readonly step: string | null }[];
}

/** What stands for what: by kind, the id that is named to the id to name instead. */
export type ReferenceChoices = { readonly [Kind in ReferenceKind]?: { readonly [id: string]: string } };

/** Every action, connection and called playbook that is neither in the catalog nor among the playbooks themselves. */
export function unresolvedIn(playbooks: readonly Playbook[], catalog: Catalog): readonly UnresolvedReference[] {
  const found = new Map<string, { kind: ReferenceKind; id: string; integration?: string; usedBy: { playbook: string; step: string | null }[] }>();
  const own = new Set(playbooks.map(({ id }) => id));
  const miss = (kind: ReferenceKind, id: string, playbook: string, step: string | null, integration?: string): void => {
    const key = `${kind} ${id}`;
    const entry = found.get(key) ?? { kind, id, ...(integration === undefined ? {} : { integration }), usedBy: [] };
    entry.usedBy.push({ playbook, step });
    found.set(key, entry);
  };
  for (const playbook of playbooks) {
    for (const [id, step] of Object.entries(playbook.steps)) {
      if (step.kind === "action" && catalog.actions?.has(step.action) === false) miss("action", step.action, playbook.id, id);
      if (step.kind === "action" && step.connection !== undefined && catalog.connections?.has(step.connection) === false)
        miss("connection", step.connection, playbook.id, id, step.action.split(".")[0]);
      if (step.kind === "call" && !own.has(step.playbook) && catalog.playbooks?.has(step.playbook) === false) miss("playbook", step.playbook, playbook.id, id);
    }
    for (const { connection } of playbook.triggers ?? []) if (catalog.connections?.has(connection) === false) miss("connection", connection, playbook.id, null);
  }
  return [...found.values()];
}

/** The playbook with other actions, connections and called playbooks named, and under another id when its own is among the choices. */
export function withReferences(playbook: Playbook, choices: ReferenceChoices): Playbook {
  const chosen = (kind: ReferenceKind, id: string): string => {
    const of = choices[kind];
    return of && Object.hasOwn(of, id) ? (of[id] ?? id) : id;
  };
  const turned = (step: Step): Step => {
    if (step.kind === "call") return { ...step, playbook: chosen("playbook", step.playbook) };
    if (step.kind !== "action") return step;
    return { ...step, action: chosen("action", step.action), ...(step.connection === undefined ? {} : { connection: chosen("connection", step.connection) }) };
  };
  return {
    ...playbook,
    id: chosen("playbook", playbook.id),
    steps: Object.fromEntries(Object.entries(playbook.steps).map(([id, step]) => [id, turned(step)])),
    ...(playbook.triggers ? { triggers: playbook.triggers.map((trigger) => ({ ...trigger, connection: chosen("connection", trigger.connection) })) } : {}),
  };
}

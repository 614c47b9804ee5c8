import type { Catalog, Playbook } from "@drawbridge/playbook";
import { catalogOf } from "@drawbridge/integration-kit";
import { integrations } from "@drawbridge/integrations";

/** What checks may know without a server: the shipped actions, and the playbooks at hand. Connections are a server's matter. */
export function catalogFor(playbooks: readonly Playbook[]): Catalog {
  return {
    actions: catalogOf(integrations).actions,
    playbooks: new Map(
      playbooks.map((playbook) => [
        playbook.id,
        { inputs: playbook.inputs ?? [], calls: Object.values(playbook.steps).flatMap((step) => (step.kind === "call" ? [step.playbook] : [])) },
      ]),
    ),
  };
}

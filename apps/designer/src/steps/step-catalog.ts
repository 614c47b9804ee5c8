import type { ActionFacts } from "@drawbridge/playbook";
import type { ConnectionView, IntegrationFacts } from "@drawbridge/protocol";

/** What drawing and editing a playbook may know of the world around it. */
export interface StepCatalog {
  readonly actions: ReadonlyMap<string, ActionFacts>;
  readonly integrations: ReadonlyMap<string, IntegrationFacts>;
  readonly connections: readonly Pick<ConnectionView, "id" | "integration" | "name" | "enabled" | "lastTest">[];
  readonly playbooks: readonly { readonly id: string; readonly name: string }[];
}

export const emptyCatalog: StepCatalog = { actions: new Map(), integrations: new Map(), connections: [], playbooks: [] };

/** Builds the catalog from what the server answers. */
export function stepCatalogOf(
  facts: { readonly integrations: readonly IntegrationFacts[]; readonly actions: readonly ActionFacts[] },
  connections: StepCatalog["connections"] = [],
  playbooks: StepCatalog["playbooks"] = [],
): StepCatalog {
  return {
    actions: new Map(facts.actions.map((action) => [action.name, action])),
    integrations: new Map(facts.integrations.map((integration) => [integration.id, integration])),
    connections,
    playbooks,
  };
}

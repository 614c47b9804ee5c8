import type { Action } from "./action.ts";
import type { Integration } from "./integration.ts";

export interface RegisteredAction {
  readonly integration: Integration;
  readonly action: Action;
}

/** Actions by their full name, e.g. `code42.get-alert`. */
export type ActionRegistry = ReadonlyMap<string, RegisteredAction>;

/** Throws a RangeError when two actions have the same full name. */
export function registerActions(integrations: readonly Integration[]): ActionRegistry {
  const registry = new Map<string, RegisteredAction>();
  for (const integration of integrations) {
    for (const action of integration.actions) {
      const name = `${integration.id}.${action.name}`;
      if (registry.has(name)) throw new RangeError(`The action ${name} is declared twice.`);
      registry.set(name, { integration, action });
    }
  }
  return registry;
}

import { graphOf } from "../graph.ts";
import type { Playbook } from "../playbook.ts";
import type { Step } from "../steps/registry.ts";

/** The playbook with each step changed; steps that stay the same keep their identity. */
export function mapSteps(playbook: Playbook, change: (step: Step, id: string) => Step): Playbook {
  return { ...playbook, steps: Object.fromEntries(Object.entries(playbook.steps).map(([id, step]) => [id, change(step, id)])) };
}

/** The playbook with one step changed or added. */
export const withStep = (playbook: Playbook, id: string, step: Step): Playbook => ({ ...playbook, steps: { ...playbook.steps, [id]: step } });

/** The playbook with a step's position, when there is one. */
export const withPosition = (playbook: Playbook, id: string, position: { readonly x: number; readonly y: number } | undefined): Playbook =>
  position ? { ...playbook, layout: { ...playbook.layout, [id]: { x: position.x, y: position.y } } } : playbook;

/** The step of that id, own properties only. */
export const stepAt = (playbook: Playbook, id: string): Step | undefined => (Object.hasOwn(playbook.steps, id) ? playbook.steps[id] : undefined);

/** A list in which one item stands for another, or for several, each once. */
export const replaced = (list: readonly string[], from: string, by: readonly string[]): string[] => [...new Set(list.flatMap((each) => (each === from ? by : [each])))];

/** Whether a way from one step to another would close a cycle. */
export const wouldCycle = (playbook: Playbook, from: string, to: string): boolean => from === to || graphOf(playbook).descendants(to).has(from);

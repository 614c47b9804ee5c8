import { type StepKind, stepKinds } from "@drawbridge/playbook";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { stepLooks } from "../steps/looks.ts";
import { matchScore } from "./palette-search.ts";

/** Something that can be put on the canvas. */
export interface PaletteItem {
  readonly key: string;
  readonly kind: StepKind;
  readonly action: string | null;
  readonly integration: string | null;
  readonly title: string;
  readonly summary: string;
  readonly effect: "reads" | "changes" | null;
}

/** What the clipboard of a drag carries. */
export const dragType = "application/x-drawbridge-step";

/** Every step kind, then every action by integration. */
export function paletteItems(catalog: StepCatalog): PaletteItem[] {
  const kinds = stepKinds.map((kind): PaletteItem => ({
    key: kind,
    kind,
    action: null,
    integration: null,
    title: stepLooks[kind].title,
    summary: stepLooks[kind].summary,
    effect: null,
  }));
  const actions = [...catalog.actions.values()].map((action): PaletteItem => ({
    key: action.name,
    kind: "action",
    action: action.name,
    integration: action.integration,
    title: action.title,
    summary: action.summary,
    effect: action.effect,
  }));
  return [...kinds, ...actions];
}

/** The items that match what was typed, best first. */
export function searchItems(items: readonly PaletteItem[], typed: string, catalog: StepCatalog): PaletteItem[] {
  return items
    .map((item) => {
      const integration = item.integration === null ? "" : (catalog.integrations.get(item.integration)?.title ?? item.integration);
      const scores = [
        matchScore(item.title, typed),
        plus(matchScore(`${integration} ${item.title}`, typed), 1),
        plus(matchScore(item.key, typed), 2),
        plus(literal(item.summary, typed), 5),
      ].filter((score) => score !== null);
      return { item, score: Math.min(...scores, Infinity) };
    })
    .filter((each) => each.score < Infinity)
    .sort((a, b) => a.score - b.score || a.item.title.localeCompare(b.item.title))
    .map((each) => each.item);
}

const plus = (score: number | null, more: number) => (score === null ? null : score + more);
const literal = (text: string, typed: string) => (text.toLowerCase().includes(typed.trim().toLowerCase()) ? 0 : null);

import { type Json, pointerSegments, valueText } from "@drawbridge/playbook";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { durationText } from "../steps/duration-text.ts";
import { choiceWords, durations } from "./field-words.ts";

/** How a text is coloured: `text` only within `{{ }}`. */
export type ShownLanguage = "text" | "logic" | "json" | "script";

/** A field's value as a person reads it. */
export interface ShownValue {
  readonly text: string;
  readonly language: ShownLanguage;
}

/** What the words of a value are looked up in. */
export interface Names {
  readonly catalog: StepCatalog;
  readonly stepName: (id: string) => string;
}

const stepLists = new Set(["next", "start", "steps"]);
/** Below these, keys are the author's own and mean nothing to us. */
const free = new Set(["with", "values", "context", "extensions"]);

/** Writes a value in the words of the designer: names for ids, lengths of time, choices, logic as a line. */
export function shownValue(pointer: string, value: Json, { catalog, stepName }: Names): ShownValue {
  const segments = pointerSegments(pointer);
  const field = segments.at(-1) ?? "";
  const plain = (text: string): ShownValue => ({ text, language: "text" });
  const own = !segments.some((segment) => free.has(segment));
  if (own) {
    if (stepLists.has(field) && isTexts(value)) return plain(value.length === 0 ? "nothing" : value.map(stepName).join("\n"));
    if (isNext(value)) return plain(value.next.length === 0 ? "nothing" : value.next.map(stepName).join("\n"));
    if (typeof value === "string") {
      const choice = choiceWords[field]?.[value];
      if (choice !== undefined) return plain(choice);
      if (durations.has(field)) return plain(durationText(value));
      if (field === "connection") return plain(catalog.connections.find((each) => each.id === value)?.name ?? value);
      if (field === "action") return plain(actionText(value, catalog));
      if (field === "playbook") return plain(catalog.playbooks.find((each) => each.id === value)?.name ?? value);
      if (field === "source") return { text: value, language: "script" };
    }
    if (field === "backoff") return plain(`${JSON.stringify(value)} ×`);
  }
  if (typeof value === "boolean") return plain(value ? "Yes" : "No");
  if (typeof value === "string") return plain(value === "" ? "empty" : value);
  if (isObject(value) && Object.hasOwn(value, "$logic")) return { text: valueText("", value), language: "logic" };
  if ((field === "when" || field === "until") && own) return { text: valueText(pointer, value), language: "logic" };
  if (isTexts(value)) return plain(value.length === 0 ? "nothing" : value.join("\n"));
  return { text: valueText("", value), language: "json" };
}

function actionText(name: string, catalog: StepCatalog): string {
  const facts = catalog.actions.get(name);
  return facts ? `${catalog.integrations.get(facts.integration)?.title ?? facts.integration} · ${facts.title}` : name;
}

const isObject = (value: Json): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: Json): value is string[] => Array.isArray(value) && value.every((each) => typeof each === "string");
const isNext = (value: Json): value is { readonly next: string[] } => isObject(value) && Object.keys(value).join() === "next" && isTexts(value["next"] ?? null);

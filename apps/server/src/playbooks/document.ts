import { createHash } from "node:crypto";
import { type ParseProblemCode, parsePlaybook, type Playbook, serializePlaybook } from "@drawbridge/playbook";
import type { ProblemCode } from "@drawbridge/protocol";
import { ProblemError } from "../problem-error.ts";

const codes: { readonly [Code in ParseProblemCode]: ProblemCode } = {
  "not-json": "invalid-json",
  "too-large": "too-large",
  "too-deep": "invalid-document",
  "refused-key": "invalid-document",
  "unknown-schema-version": "unknown-schema-version",
  "unknown-step-kind": "unknown-step-kind",
  "invalid-document": "invalid-document",
};

/** A request's body as a playbook; refused with a JSON pointer for each mistake. */
export function readDocument(body: unknown): Playbook {
  const read = parsePlaybook(body);
  if (read.ok) return read.playbook;
  const problems = read.problems.map(({ code, message, pointer }) => ({ code, message, pointer }));
  const first = read.problems[0];
  throw new ProblemError(first ? codes[first.code] : "invalid-document", first ? `${first.pointer || "The document"}: ${first.message}` : "The document is not a playbook.", {
    ...(first ? { pointer: first.pointer } : {}),
    problems,
  });
}

/** The actions that it calls. */
export const actionsOf = (playbook: Playbook): readonly string[] => [...new Set(Object.values(playbook.steps).flatMap((step) => (step.kind === "action" ? [step.action] : [])))];

/** What lists, searches and checks need of a document, computed once when it is saved. */
export function factsOf(playbook: Playbook) {
  const steps = Object.entries(playbook.steps);
  const actions = actionsOf(playbook);
  const searched = [playbook.name, playbook.id, playbook.description ?? "", ...(playbook.tags ?? []), ...steps.flatMap(([id, step]) => [id, step.name]), ...actions];
  return {
    name: playbook.name,
    description: playbook.description ?? "",
    tags: JSON.stringify(playbook.tags ?? []),
    steps: steps.length,
    integrations: JSON.stringify([...new Set(actions.map((action) => action.split(".")[0] ?? ""))]),
    search: searched.join("\n").toLowerCase(),
  };
}

/** What the live version's own columns hold. */
export function liveFactsOf(playbook: Playbook) {
  return {
    inputs: JSON.stringify((playbook.inputs ?? []).map(({ key, required }) => ({ key, ...(required === undefined ? {} : { required }) }))),
    calls: JSON.stringify(callsOf(playbook)),
    triggers: (playbook.triggers ?? []).length > 0 ? 1 : 0,
  };
}

/** Ids of the playbooks that it calls. */
export const callsOf = (playbook: Playbook): readonly string[] => [...new Set(Object.values(playbook.steps).flatMap((step) => (step.kind === "call" ? [step.playbook] : [])))];

/** Ids of the connections that it names. */
export const connectionsOf = (playbook: Playbook): readonly string[] => [
  ...new Set([
    ...Object.values(playbook.steps).flatMap((step) => (step.kind === "action" && step.connection !== undefined ? [step.connection] : [])),
    ...(playbook.triggers ?? []).map((trigger) => trigger.connection),
  ]),
];

export const documentText = (playbook: Playbook): string => serializePlaybook(playbook);

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 24);

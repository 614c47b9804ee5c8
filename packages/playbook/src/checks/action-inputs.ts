import { embeddedLogic } from "../expression/resolve.ts";
import type { Json } from "../json.ts";
import { propertiesOf, schemaMisfits, type SchemaMisfit } from "../json-schema.ts";
import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";
import { didYouMean } from "./closest.ts";
import type { Finding } from "./finding.ts";

/** Templates and logic are known only when they run. */
const isComputed = (value: Json): boolean => (typeof value === "string" && value.includes("{{")) || embeddedLogic(value) !== undefined;

const codes: { readonly [Code in SchemaMisfit["code"]]: { readonly code: string; readonly severity: Finding["severity"] } } = {
  missing: { code: "missing-input", severity: "error" },
  unknown: { code: "unknown-input", severity: "error" },
  wrong: { code: "wrong-input", severity: "error" },
};

/** Inputs of actions that are missing, unknown or of the wrong type. */
export const actionInputs: Check = function* ({ playbook, catalog: { actions } }) {
  for (const [id, step] of Object.entries(playbook.steps)) {
    const facts = step.kind === "action" ? actions?.get(step.action) : undefined;
    if (step.kind !== "action" || !facts) continue;
    const known = propertiesOf(facts.input);
    for (const misfit of schemaMisfits((step.with ?? {}) as Json, facts.input, isComputed)) {
      const [first] = misfit.at;
      const pointer = pointerOf(misfit.code === "missing" ? ["steps", id, "with", ...misfit.at.slice(0, -1)] : ["steps", id, "with", ...misfit.at]);
      yield {
        ...codes[misfit.code],
        message:
          misfit.at.length === 1 && misfit.code === "unknown"
            ? `${facts.title} has no input "${String(first)}".${didYouMean(String(first), known.keys())}`
            : `${misfit.at.length === 0 ? "" : `${misfit.at.join(".")}: `}${misfit.message}`,
        step: id,
        pointer,
        ...(misfit.code === "unknown"
          ? { fix: { title: `Remove ${misfit.at.join(".")}`, edits: [{ type: "update-step", params: { id, set: [{ pointer: pointerOf(["with", ...misfit.at]) }] } }] } }
          : {}),
      };
    }
  }
};

import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";

/** Connections that do not exist or belong to another integration than the step's action. */
export const connections: Check = function* ({ playbook, catalog }) {
  const known = catalog.connections;
  if (!known) return;
  for (const [id, step] of Object.entries(playbook.steps)) {
    if (step.kind !== "action" || step.connection === undefined) continue;
    const wanted = step.action.split(".")[0] ?? "";
    const found = known.get(step.connection);
    if (found === wanted) continue;
    const fitting = [...known].filter(([, integration]) => integration === wanted).map(([connection]) => connection);
    const [only] = fitting.length === 1 ? fitting : [];
    yield {
      code: found === undefined ? "unknown-connection" : "wrong-connection",
      severity: "error",
      message:
        found === undefined ? `There is no connection "${step.connection}".` : `The connection "${step.connection}" is one of ${found}, and the action needs one of ${wanted}.`,
      step: id,
      pointer: pointerOf(["steps", id, "connection"]),
      ...(only === undefined ? {} : { fix: { title: `Use ${only}`, edits: [{ type: "update-step", params: { id, patch: { connection: only } } }] } }),
    };
  }
  for (const [at, trigger] of (playbook.triggers ?? []).entries()) {
    if (!known.has(trigger.connection))
      yield { code: "unknown-connection", severity: "error", message: `There is no connection "${trigger.connection}".`, pointer: pointerOf(["triggers", at, "connection"]) };
  }
};

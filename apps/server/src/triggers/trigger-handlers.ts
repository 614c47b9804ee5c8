import type { Engine } from "@drawbridge/engine";
import type { Audit } from "../audit/audit.ts";
import type { Handlers } from "../http/handlers.ts";
import { ProblemError } from "../problem-error.ts";
import type { Store } from "../store/store.ts";
import { nextFirings } from "./cron.ts";
import { fireTrigger } from "./fire-trigger.ts";
import type { Triggers } from "./triggers.ts";
import { instant } from "../instant.ts";

type Names = "listTriggers" | "createTrigger" | "getTrigger" | "updateTrigger" | "deleteTrigger" | "rotateTrigger" | "fireTrigger" | "previewSchedule";

interface Parts {
  readonly store: Store;
  readonly engine: Engine;
  readonly triggers: Triggers;
  readonly audit: Audit;
  readonly now: () => number;
}

const previewed = 5;

export function triggerHandlers({ store, engine, triggers, audit, now }: Parts): Pick<Handlers, Names> {
  return {
    listTriggers: ({ viewer, query }) => triggers.list(viewer, query),
    getTrigger: ({ viewer, params }) => triggers.view(viewer, params.id),
    createTrigger: async ({ body, viewer }) => {
      const { kind, playbook, ...given } = body;
      const made = await triggers.create(kind, playbook, given, viewer);
      await audit.write(viewer.email, "trigger-created", { trigger: made.trigger.id, playbook });
      return made;
    },
    updateTrigger: async ({ params, body, viewer }) => {
      const trigger = await triggers.update(viewer, params.id, body);
      await audit.write(viewer.email, "trigger-changed", { trigger: params.id, fields: Object.keys(body) });
      return trigger;
    },
    deleteTrigger: async ({ params, viewer }) => {
      await triggers.delete(params.id);
      await audit.write(viewer.email, "trigger-deleted", { trigger: params.id });
      return {};
    },
    rotateTrigger: async ({ params, viewer }) => {
      const made = await triggers.rotate(viewer, params.id);
      await audit.write(viewer.email, "trigger-rotated", { trigger: params.id });
      return made;
    },
    fireTrigger: async ({ params, body, viewer }) => {
      const row = await triggers.row(params.id);
      if (row.kind === "schedule" && body.body !== undefined) throw new ProblemError("invalid-request", "A schedule has no body.", { pointer: "/body" });
      const whole = body.body ?? {};
      const scope = row.kind === "webhook" ? { webhook: { body: whole, headers: {}, query: {} } } : { schedule: { id: row.id, name: row.name, at: instant(now()) } };
      const run = await fireTrigger({ store, engine, now }, row, { scope, whole, by: viewer.email });
      await audit.write(viewer.email, "trigger-fired", { trigger: params.id, run });
      return { run };
    },
    previewSchedule: ({ query }) => ({ next: nextFirings(query.cron, query.zone ?? "UTC", now(), previewed) }),
  };
}

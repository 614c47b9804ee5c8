import { type Engine, maskedScenario, scenarioOf } from "@drawbridge/engine";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import type { Audit } from "../audit/audit.ts";
import type { Handlers } from "../http/handlers.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import { readTrace } from "../runs/read-trace.ts";
import { secretsOf } from "../runs/run-secrets.ts";
import type { RunViews } from "../runs/run-views.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { Store } from "../store/store.ts";
import type { ScenarioShelf } from "./scenario-shelf.ts";
import { tellsOfRestricted } from "./tells-of-restricted.ts";

type Names = "draftScenario" | "listScenarios" | "getScenario" | "saveScenario" | "deleteScenario";

interface Parts {
  readonly store: Store;
  readonly engine: Engine;
  readonly shelf: PlaybookShelf;
  readonly runs: RunViews;
  readonly scenarios: ScenarioShelf;
  readonly redactor: Redactor;
  readonly audit: Audit;
}

/** So much of a trace is made into a scenario, as JSON. */
const mostChars = 1_000_000;
/** So many values are masked at most. */
const mostMasked = 1_000;

export function scenarioHandlers({ store, engine, shelf, runs, scenarios, redactor, audit }: Parts): Pick<Handlers, Names> {
  return {
    draftScenario: async ({ viewer, params, body }) => {
      const row = await runs.visible(viewer, params.id);
      const playbook = (await shelf.read(row.playbook_id, row.playbook_version))?.playbook;
      if (!playbook) throw notFound("run");
      if (row.ended_at === null) throw new ProblemError("invalid-request", "The run is not over yet; it becomes a scenario when it has ended.");
      const secrets = await secretsOf(store, viewer, row, playbook);
      if (secrets.steps.size > 0) throw new ProblemError("permission-denied", "Steps of this run are not shown to you, so that no scenario can be made of it.");
      const trace: TraceEvent[] = [];
      let length = 0;
      const read = (from: number, limit: number) => engine.trace(params.id, from, limit);
      for await (const page of readTrace({ run: params.id, read, payload: (hash) => engine.payload(params.id, hash), secrets: () => secrets })) {
        trace.push(...page);
        length += JSON.stringify(page).length;
        if (length > mostChars) throw new ProblemError("too-large", "The run holds more than a scenario can: over 1 MB of inputs and outputs.");
      }
      const recorded = scenarioOf(trace, playbook, body.name);
      if (!recorded) throw new ProblemError("invalid-request", "The run has no end that a scenario could be compared with.");
      const { scenario, masked } = maskedScenario(redactor.json(recorded as unknown as Json) as unknown as typeof recorded, playbook, body.keep);
      if (masked.length > mostMasked) throw new ProblemError("too-large", `The run holds more than ${mostMasked} values to mask.`);
      return { scenario: scenario as unknown as { [key: string]: Json }, masked: [...masked], storable: !(await tellsOfRestricted(store, row)) };
    },
    listScenarios: async ({ params }) => {
      await shelf.demand(params.id);
      return { items: await scenarios.list(params.id) };
    },
    getScenario: async ({ params }) => ({ scenario: await scenarios.read(params.id, params.scenario) }),
    saveScenario: async ({ viewer, params, body }) => {
      await shelf.demand(params.id);
      if (body.run !== undefined) {
        const row = await runs.visible(viewer, body.run);
        if (row.playbook_id !== params.id) throw new ProblemError("invalid-request", "The run is of another playbook.", { pointer: "/run" });
        if (await tellsOfRestricted(store, row))
          throw new ProblemError("permission-denied", "The run tells of a restricted case; what is kept with the playbook could be read by all. It can be downloaded instead.");
      }
      const saved = await scenarios.save(params.id, body.scenario, viewer.email, body.run ?? null);
      await audit.write(viewer.email, "scenario-saved", { playbook: params.id, scenario: saved.id, ...(body.run === undefined ? {} : { run: body.run }) });
      return saved;
    },
    deleteScenario: async ({ viewer, params }) => {
      await scenarios.delete(params.id, params.scenario);
      await audit.write(viewer.email, "scenario-deleted", { playbook: params.id, scenario: params.scenario });
      return {};
    },
  };
}

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scenario } from "@drawbridge/engine";
import type { CaseDetail, CaseSummary } from "@drawbridge/protocol";
import { createServer, samplePassword } from "@drawbridge/server";
import { serveSampleWorld } from "@drawbridge/integrations/serve";
import { ApiClient } from "../api-client.ts";
import type { Command } from "../command.ts";
import { followRun } from "../follow-run.ts";
import { readOptions } from "../options.ts";
import { findPlaybookFiles, readPlaybookFiles, readScenarios } from "../playbook-files.ts";
import { UsageError } from "../usage-error.ts";

type Seeds = NonNullable<Scenario["world"]>;

/** The scenario's world; without alerts of its own Code42 begins with none, and the scenario's is raised when the server listens. */
const seedOf = ({ world = {} }: Scenario): Seeds => ({ ...world, code42: { alerts: [], ...(world["code42"] as object | undefined) } });

/** Runs a scenario of a playbook on a server of its own, over real sockets, against the simulators. */
export const runPlaybook: Command = {
  usage: "run <folder> --world sample [--scenario <name>] [--json]",
  summary: "run a playbook over real sockets against the simulated vendors",
  run: async (words) => {
    const { values, positionals } = readOptions(words, { world: { type: "string" }, scenario: { type: "string", default: "executive" } }, { least: 1, most: 1 });
    if (values.world !== "sample") throw new UsageError("Say `--world sample`.");
    const [path] = await findPlaybookFiles(positionals[0] ?? "");
    const [file] = path === undefined ? [] : await readPlaybookFiles([path]);
    if (path === undefined || !file?.result.ok) throw new UsageError("There is no playbook that can be read; try `validate`.");
    const scenario = (await readScenarios(path)).get(values.scenario);
    if (!scenario) throw new UsageError(`The playbook has no scenario "${values.scenario}".`);
    const home = await mkdtemp(join(tmpdir(), "drawbridge-run-"));
    const world = await serveSampleWorld({ seed: seedOf(scenario) });
    const connections = Object.fromEntries(Object.entries(world.connections).map(([id, connection]) => [id, { ...connection, allowPrivateNetwork: true }]));
    for (const { at, ...fault } of scenario.faults ?? [])
      world.simulations[at as keyof typeof world.simulations].fail({
        operation: fault.operation,
        times: fault.times,
        ...(fault.status === undefined ? {} : { status: fault.status }),
        ...(fault.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: fault.retryAfterSeconds }),
        ...(fault.code === undefined ? {} : { code: fault.code }),
      });
    const connectionsFile = join(home, "connections.json");
    await writeFile(connectionsFile, JSON.stringify(connections), { mode: 0o600 });
    const server = await createServer({ home, port: 0, connectionsFile, sampleWorld: true, logLevel: "silent", pollSeconds: 1 });
    try {
      const api = await new ApiClient(server.url).signIn("ada.admin@qrst.com", samplePassword);
      const exposure = world.simulations.code42.exposures.find(({ actor }) => actor === scenario.input?.["actor"])?.id;
      const id = scenario.input?.["alertId"];
      const raise = scenario.trigger?.kind === "alert" && !("alerts" in ((scenario.world?.["code42"] ?? {}) as object)) && exposure !== undefined && typeof id === "string";
      if (raise) world.simulations.code42.raiseAlert({ exposure, id });
      const run = await followRun(api, file.result.playbook.id, scenario, raise);
      const { items } = await api.call<{ items: CaseSummary[] }>("listCases", { query: { view: "all" } });
      const cases = await Promise.all(items.map((each) => api.call<CaseDetail>("getCase", { params: { id: each.id } })));
      const report = {
        outcome: run.status,
        run: { id: run.id, events: run.lastSeq, durationMs: Date.parse(run.endedAt ?? run.startedAt) - Date.parse(run.startedAt), outcome: run.outcome },
        world: { code42: world.simulations.code42.state(), cortexXdr: world.simulations["cortex-xdr"].state(), mail: world.simulations.mail.state() },
        cases: cases.map((each) => ({ id: each.id, restricted: each.restricted, parent: each.parent, sla: each.slas.map((clock) => ({ name: clock.name, state: clock.state })) })),
      };
      console.log(values.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
      return run.status === "succeeded" ? 0 : 1;
    } finally {
      await server.close();
      await world.close();
      await rm(home, { recursive: true, force: true });
    }
  },
};

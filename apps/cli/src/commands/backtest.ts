import { type Backtest, backtest as backtestOne } from "@drawbridge/engine";
import { type Playbook, waysOf } from "@drawbridge/playbook";
import { catalogFor } from "../catalog-for.ts";
import type { Command } from "../command.ts";
import { readOptions } from "../options.ts";
import { readPlaybookFiles } from "../playbook-files.ts";
import { type RecordedTrace, tracesFromServer, tracesIn } from "../traces.ts";
import { UsageError } from "../usage-error.ts";

const options = {
  runs: { type: "string" },
  server: { type: "string" },
  before: { type: "string" },
  last: { type: "string", default: "50" },
  strict: { type: "boolean", default: false },
} as const;

/** Which past runs would go another way with a playbook: exit 1 when some would. */
export const backtest: Command = {
  usage: "backtest <playbook.json> --runs <traces> | --server <url> [--json]",
  summary: "which past runs would go another way",
  run: async (words) => {
    const { values, positionals } = readOptions(words, options, { least: 1, most: 1 });
    if ((values.runs === undefined) === (values.server === undefined)) throw new UsageError("Say where the runs are: `--runs <file or folder>` or `--server <url>`.");
    const last = Number(values.last);
    if (!Number.isInteger(last) || last < 1) throw new UsageError("`--last` takes a number of runs.");
    const draft = await readOne(positionals[0] ?? "");
    const before = values.before === undefined ? null : await readOne(values.before);
    const { actions } = catalogFor([]);
    const facts = (action: string) => actions?.get(action) ?? null;
    const results: Backtest[] = [];
    let skipped = 0;
    const traces: AsyncIterable<RecordedTrace> = values.runs === undefined ? tracesFromServer(values.server ?? "", draft.id, last) : tracesIn(values.runs, before);
    for await (const { trace, playbook, hidden } of traces) {
      const tested = playbookOf(trace) === draft.id ? backtestOne({ draft, trace, before: playbook, facts, hidden }) : null;
      if (tested) results.push(tested.backtest);
      else skipped += 1;
    }
    const count = (verdict: Backtest["verdict"]) => results.filter((each) => each.verdict === verdict).length;
    const otherInput = results.filter((each) => each.calls.otherInput.length > 0).length;
    const report = { playbook: draft.id, runs: results.length, same: count("same"), other: count("other"), unknown: count("unknown"), otherInput, skipped, results };
    if (values.json) console.log(JSON.stringify(report));
    else {
      for (const result of results) if (result.verdict !== "same" || result.calls.otherInput.length > 0) console.log(textOf(result, draft));
      console.log(`${report.runs} runs: ${report.same} the same way, ${report.other} another way, ${report.unknown} unknown; ${otherInput} change something with other input`);
      if (skipped > 0) console.log(`${skipped} traces are not of ${draft.id} and were left out`);
      if (results.length === 0) console.log("There was nothing to compare with.");
    }
    return report.other > 0 || (values.strict && report.unknown + otherInput > 0) ? 1 : 0;
  },
};

async function readOne(path: string): Promise<Playbook> {
  const files = await readPlaybookFiles([path]);
  const [file] = files;
  if (files.length !== 1 || !file?.result.ok) throw new UsageError(`${path} is not one playbook that can be read; try \`validate\`.`);
  return file.result.playbook;
}

const playbookOf = ([first]: RecordedTrace["trace"]): string | null => (first?.type === "run-started" ? first.playbook.id : null);

function textOf(result: Backtest, draft: Playbook): string {
  const { parting, calls, unknown, now, before } = result;
  const lines = [`${result.run} (v${result.playbook.version}, ${result.startedAt}): ${words[result.verdict]}`];
  if (parting?.step) lines.push(`parts at ${parting.step}: ${stoodText(parting.before, parting.step, draft)} before, ${stoodText(parting.now, parting.step, draft)} now`);
  for (const call of calls.newly) lines.push(`newly: ${callText(call)}`);
  for (const call of calls.noLonger) lines.push(`no longer: ${callText(call)}`);
  for (const call of calls.otherInput) lines.push(`with other input: ${callText(call)} (${call.changed.map(({ key }) => key).join(", ")})`);
  for (const each of unknown) lines.push(`unknown from ${each.step}: ${each.message}`);
  lines.push(`ends ${endText(before)} before, ${endText(now)} now`);
  return lines.join("\n  ");
}

const words = { same: "the same way", other: "another way", unknown: "the same way as far as it is known" } as const;
const endText = ({ status, outcome }: Backtest["before"] | Backtest["now"]): string => (outcome === null ? status : `${status} (${outcome})`);
const callText = ({ step, item, what }: Backtest["calls"]["newly"][number]): string => `${what ?? "a change"} in ${step}${item === undefined ? "" : `[${item}]`}`;

function stoodText({ status, way }: NonNullable<Backtest["parting"]>["before"], id: string, draft: Playbook): string {
  const step = draft.steps[id];
  const label = way === null ? null : ((step && waysOf(step).find((each) => each.id === way)?.label) ?? way);
  return label === null || label === "" ? status : `${status}, ${label}`;
}

import { diffPlaybooks, type FieldChange, type Playbook, type PlaybookDiff, valueText } from "@drawbridge/playbook";
import type { Command } from "../command.ts";
import { readOptions } from "../options.ts";
import { readPlaybookFiles } from "../playbook-files.ts";
import { UsageError } from "../usage-error.ts";

/** What differs in meaning between two playbooks: exit 1 when anything but layout does. */
export const diff: Command = {
  usage: "diff <before> <after> [--json]",
  summary: "what changed in meaning between two playbooks",
  run: async (words) => {
    const { values, positionals } = readOptions(words, {}, { least: 2, most: 2 });
    const [before, after] = await readPlaybookFiles(positionals);
    if (!before?.result.ok || !after?.result.ok) throw new UsageError("Both must be playbooks that can be read; try `validate`.");
    const changes = diffPlaybooks(before.result.playbook, after.result.playbook);
    console.log(values.json ? JSON.stringify(changes) : linesOf(changes, before.result.playbook, after.result.playbook).join("\n"));
    return changes.added.length + changes.removed.length + changes.changed.length === 0 ? 0 : 1;
  },
};

function linesOf(changes: PlaybookDiff, before: Playbook, after: Playbook): string[] {
  const named = (id: string) => `${id} (${(after.steps[id] ?? before.steps[id])?.name ?? ""})`;
  const lines = [
    ...changes.added.map((id) => `+ ${named(id)}`),
    ...changes.removed.map((id) => `- ${named(id)}`),
    ...changes.changed.flatMap(({ step, fields }) => [`~ ${step === null ? "the playbook" : named(step)}`, ...fields.flatMap(fieldLines)]),
    ...(changes.moved.length > 0 ? [`moved only: ${changes.moved.join(", ")}`] : []),
    ...(changes.notes.length > 0 ? [`notes: ${changes.notes.join(", ")}`] : []),
  ];
  return lines.length > 0 ? lines : ["Nothing differs."];
}

function fieldLines({ pointer, before, after }: FieldChange): string[] {
  const side = (sign: string, value: FieldChange["before"]) =>
    value === undefined
      ? []
      : valueText(pointer, value)
          .split("\n")
          .map((line) => `      ${sign} ${line}`);
  return [`    ${pointer}`, ...side("-", before), ...side("+", after)];
}

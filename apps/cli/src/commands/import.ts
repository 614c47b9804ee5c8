import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { importDocument } from "@drawbridge/formats";
import { serializePlaybook } from "@drawbridge/playbook";
import type { Command } from "../command.ts";
import { readOptions } from "../options.ts";
import { UsageError } from "../usage-error.ts";

/** Reads a document and writes the playbook in canonical form: exit 1 when it cannot be read. */
export const importPlaybook: Command = {
  usage: "import <file> [--out <file>] [--json]",
  summary: "read a document into a playbook in canonical form",
  run: async (words) => {
    const { values, positionals } = readOptions(words, { out: { type: "string" } }, { least: 1, most: 1 });
    const [path = ""] = positionals;
    if (!existsSync(path)) throw new UsageError(`There is nothing at ${path}.`);
    const read = importDocument(await readFile(path, "utf8"));
    const problems = read.ok ? [] : read.problems;
    if (read.ok && values.out !== undefined) await writeFile(values.out, serializePlaybook(read.playbook));
    if (values.json) console.log(JSON.stringify({ ok: read.ok, format: read.format, problems, ...(read.ok ? { playbook: read.playbook } : {}) }));
    else if (read.ok && values.out === undefined) process.stdout.write(serializePlaybook(read.playbook));
    for (const problem of values.json ? [] : problems) console.error(`${problem.code} ${problem.pointer} ${problem.message}`);
    return read.ok ? 0 : 1;
  },
};

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { importDocument, isBundle, readBundle } from "@drawbridge/formats";
import { serializePlaybook } from "@drawbridge/playbook";
import type { Command } from "../command.ts";
import { readOptions } from "../options.ts";
import { UsageError } from "../usage-error.ts";

/** Reads a document and writes the playbook in canonical form, of a bundle each in a folder of its own: exit 1 when it cannot be read. */
export const importPlaybook: Command = {
  usage: "import <file> [--out <file, for a bundle a folder>] [--json]",
  summary: "read a document into playbooks in canonical form",
  run: async (words) => {
    const { values, positionals } = readOptions(words, { out: { type: "string" } }, { least: 1, most: 1 });
    const [path = ""] = positionals;
    if (!existsSync(path)) throw new UsageError(`There is nothing at ${path}.`);
    const text = await readFile(path, "utf8");
    const document = parsed(text);
    if (isBundle(document)) return importBundle(document, values.out, values.json);
    const read = importDocument(text);
    const problems = read.ok ? [] : read.problems;
    if (read.ok && values.out !== undefined) await writeFile(values.out, serializePlaybook(read.playbook));
    if (values.json) console.log(JSON.stringify({ ok: read.ok, format: read.format, problems, ...(read.ok ? { playbook: read.playbook } : {}) }));
    else if (read.ok && values.out === undefined) process.stdout.write(serializePlaybook(read.playbook));
    for (const problem of values.json ? [] : problems) console.error(`${problem.code} ${problem.pointer} ${problem.message}`);
    return read.ok ? 0 : 1;
  },
};

async function importBundle(document: unknown, folder: string | undefined, asJson: boolean): Promise<number> {
  if (folder === undefined && !asJson) throw new UsageError("It is a bundle: say with `--out <folder>` where its playbooks go.");
  const read = readBundle(document);
  if (read.ok && folder !== undefined)
    for (const playbook of read.bundle.playbooks) {
      await mkdir(join(folder, playbook.id), { recursive: true });
      await writeFile(join(folder, playbook.id, "playbook.json"), serializePlaybook(playbook));
    }
  if (asJson) console.log(JSON.stringify({ ok: read.ok, format: "drawbridge-bundle", problems: read.ok ? [] : read.problems, ...(read.ok ? { bundle: read.bundle } : {}) }));
  else if (read.ok) for (const { id } of read.bundle.playbooks) console.log(join(folder ?? "", id, "playbook.json"));
  else for (const problem of read.problems) console.error(`${problem.code} ${problem.pointer} ${problem.message}`);
  return read.ok ? 0 : 1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

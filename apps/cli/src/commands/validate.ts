import { checkPlaybook, type Finding, type Playbook } from "@drawbridge/playbook";
import { catalogFor } from "../catalog-for.ts";
import type { Command } from "../command.ts";
import { readOptions } from "../options.ts";
import { type PlaybookFile, readNeighbours, readPlaybookFiles } from "../playbook-files.ts";

async function findingsOf({ path, result }: PlaybookFile): Promise<readonly Finding[]> {
  if (!result.ok) return result.problems.map((problem) => ({ ...problem, severity: "error" as const }));
  const neighbours = await readNeighbours(path);
  return checkPlaybook(result.playbook, catalogFor([...neighbours.values()] satisfies Playbook[]));
}

/** Reads and checks playbooks: exit 1 when one has an error. */
export const validate: Command = {
  usage: "validate <file|folder>… [--json]",
  summary: "read and check playbooks",
  run: async (words) => {
    const { values, positionals } = readOptions(words, {}, { least: 1, most: Number.POSITIVE_INFINITY });
    const files = await Promise.all((await readPlaybookFiles(positionals)).map(async (file) => ({ path: file.path, findings: await findingsOf(file) })));
    const count = (severity: string) => files.reduce((sum, file) => sum + file.findings.filter((finding) => finding.severity === severity).length, 0);
    const report = {
      errors: count("error"),
      warnings: count("warning"),
      hints: count("hint"),
      files: files.map((file) => ({ path: file.path, ok: file.findings.every((finding) => finding.severity !== "error"), findings: file.findings })),
    };
    if (values.json) console.log(JSON.stringify(report));
    else {
      for (const file of files) {
        console.log(`${file.path}: ${file.findings.length === 0 ? "good" : `${file.findings.length} findings`}`);
        for (const finding of file.findings) console.log(`  ${finding.severity} ${finding.code} ${finding.pointer} ${finding.message}`);
      }
      console.log(`${report.errors} errors, ${report.warnings} warnings, ${report.hints} hints in ${files.length} files`);
    }
    return report.errors === 0 && files.length > 0 ? 0 : 1;
  },
};

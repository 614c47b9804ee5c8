import { parseArgs } from "node:util";
import { killEmbedded } from "./kill-embedded.ts";
import type { Verdict } from "./verdict.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, kills: { type: "string", default: "200" }, seed: { type: "string", default: "2026" } },
});
const suites: { readonly [name: string]: () => Promise<Verdict> } = { embedded: () => killEmbedded({ kills: Number(values.kills), seed: Number(values.seed) }) };

for (const name of positionals.length > 0 ? positionals : Object.keys(suites)) {
  const suite = suites[name];
  if (!suite) {
    console.error(`There is no crash suite ${name}; there are: ${Object.keys(suites).join(", ")}.`);
    process.exit(2);
  }
  const { wrong, ...line } = await suite();
  console.log(
    values.json
      ? JSON.stringify(line)
      : Object.entries(line)
          .map(([key, value]) => `${key} ${value}`)
          .join(", "),
  );
  for (const each of wrong) console.error(each);
  if (wrong.length + line.lost + line.duplicated > 0) process.exitCode = 1;
}

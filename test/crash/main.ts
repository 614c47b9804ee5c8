import { parseArgs } from "node:util";
import { killEmbedded } from "./kill-embedded.ts";
import { killDistributed } from "./kill-distributed.ts";
import { postgresPrograms } from "./own-postgres.ts";
import { restartDatabase } from "./restart-database.ts";
import type { Verdict } from "./verdict.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean" },
    kills: { type: "string", default: "200" },
    seconds: { type: "string", default: "120" },
    restarts: { type: "string", default: "10" },
    seed: { type: "string", default: "2026" },
  },
});
const seed = Number(values.seed);
const suites: { readonly [name: string]: () => Promise<Verdict> } = {
  embedded: () => killEmbedded({ kills: Number(values.kills), seed }),
  distributed: () => killDistributed({ seconds: Number(values.seconds), seed }),
  database: async () => {
    const programs = await postgresPrograms();
    if (programs === null) throw new Error("Debian's PostgreSQL is not installed.");
    return restartDatabase({ programs, restarts: Number(values.restarts), seed });
  },
};

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

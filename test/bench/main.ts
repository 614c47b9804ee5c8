import { editorBench } from "./editor.ts";
import { engineBench } from "./engine.ts";
import type { Figure, Report } from "./figure.ts";
import { growthBench } from "./growth.ts";
import { libraryBench } from "./library.ts";
import { liveBench } from "./live.ts";
import { runViewBench } from "./runview.ts";
import { startBench } from "./start.ts";
import { waitingBench } from "./waiting.ts";

/** What can be measured; each prints one line for each figure. */
const benches: { readonly [name: string]: (report: Report) => Promise<void> } = {
  editor: editorBench,
  engine: engineBench,
  growth: growthBench,
  library: libraryBench,
  live: liveBench,
  runview: runViewBench,
  start: startBench,
  waiting: waitingBench,
};

const words = process.argv.slice(2);
const asJson = words.includes("--json");
const named = words.filter((word) => !word.startsWith("-"));
const unknown = named.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(", ")}; there are: ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}

const print = (figure: Figure): void => {
  if (asJson) console.log(JSON.stringify(figure));
  else
    console.log(
      `${figure.figure.padEnd(24)} ${String(figure.value).padStart(10)} ${figure.unit}${figure.floor === null ? "" : `   floor ${figure.floor}, ratio ${figure.ratio ?? "?"}`}`,
    );
};

for (const name of named.length > 0 ? named : Object.keys(benches)) await benches[name]?.(print);

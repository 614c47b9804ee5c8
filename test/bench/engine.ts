import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeFlags } from "@drawbridge/server/node-flags";
import { Children } from "./children.ts";
import { median, type Report, rounded } from "./figure.ts";
import { load } from "./load.ts";

const rounds = 5;
const roundMs = 1_500;
const warmUpMs = 1_500;
const concurrency = 10;

const subjects = [
  { name: "http12", steps: 12, body: JSON.stringify({ input: { alertId: "a-1" } }) },
  { name: "logic50", steps: 50, body: JSON.stringify({ input: { n: 7, kind: "alert" } }) },
] as const;

/** Durable runs over an HTTP route, against the same work by hand in the same process. */
export async function engineBench(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "drawbridge-bench-"));
  const children = new Children();
  try {
    const vendor = await children.serve("vendor.ts");
    const server = await children.serve("subject.ts", [vendor, folder], nodeFlags);
    for (const { name, steps, body } of subjects) {
      const one = (who: "floor" | "engine", ms: number): Promise<number> => load(`${server}/${who}/${name}`, body, concurrency, ms);
      await one("floor", warmUpMs);
      await one("engine", warmUpMs);
      const floors: number[] = [];
      const engines: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        floors.push(await one("floor", roundMs));
        engines.push(await one("engine", roundMs));
      }
      const floor = median(floors);
      const runs = median(engines);
      const ratio = rounded(runs / floor, 3);
      report({ figure: `engine.${name}.runs`, value: rounded(runs), unit: "runs/s", floor: rounded(floor), ratio });
      report({ figure: `engine.${name}.steps`, value: rounded(runs * steps), unit: "steps/s", floor: rounded(floor * steps), ratio });
      const kept = (await (await fetch(`${server}/engine/${name}`)).json()) as { readonly runs: number; readonly bytes: number };
      report({ figure: `engine.${name}.bytes`, value: Math.round(kept.bytes / kept.runs), unit: "bytes/run", floor: null, ratio: null });
    }
  } finally {
    await children.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

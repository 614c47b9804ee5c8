import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Children, messages } from "./children.ts";
import { type Report, rounded } from "./figure.ts";
import { shapes } from "./growth-playbooks.ts";
import type { GrowthMeasured } from "./growth-subject.ts";

const sizes = [10, 100, 1_000, 10_000];
const compared = 100;

/** What a step costs, in time and memory, as a playbook grows; the floor is a playbook of 100 steps, and for memory the trace that a run stores, as JSON. */
export async function growthBench(report: Report): Promise<void> {
  for (const shape of shapes) {
    const folder = mkdtempSync(join(tmpdir(), "drawbridge-bench-"));
    const children = new Children();
    try {
      let floor: number | null = null;
      const subject = children.start("growth-subject.ts", [shape, folder, ...sizes.map(String)], ["--expose-gc"]);
      await messages<GrowthMeasured>(subject, ({ steps, usPerStep, heap, peak, stored }) => {
        if (steps === compared) floor = usPerStep;
        const ratio = floor === null || steps === compared ? null : rounded(usPerStep / floor, 2);
        report({
          figure: `growth.${shape}.${steps}.usPerStep`,
          value: rounded(usPerStep, 2),
          unit: "us",
          floor: ratio === null || floor === null ? null : rounded(floor, 2),
          ratio,
        });
        const beside = (figure: string, held: number) => report({ figure, value: megabytes(held), unit: "MB", floor: megabytes(stored), ratio: rounded(held / stored, 2) });
        beside(`growth.${shape}.${steps}.memory`, heap);
        beside(`growth.${shape}.${steps}.peak`, peak);
      });
    } finally {
      await children.end();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

const megabytes = (bytes: number): number => rounded(bytes / 1024 / 1024, 3);

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Children, messages, next } from "./children.ts";
import { type Report, rounded } from "./figure.ts";
import type { Restarted } from "./waiting-subject.ts";

const runs = 10_000;

/** How long an engine takes to be ready again when many runs wait for people and for times, and what they take up in memory. */
export async function waitingBench(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "drawbridge-bench-"));
  const children = new Children();
  try {
    await messages(children.start("waiting-subject.ts", ["fill", folder, String(runs)]), () => undefined);
    const { open, timers, ms, heap } = await next<Restarted>(children.start("waiting-subject.ts", ["restart", folder], ["--expose-gc"]));
    if (open !== runs || timers !== runs) throw new Error(`${open} runs and ${timers} timers came back of ${runs}`);
    report({ figure: `waiting.${runs}.memory`, value: rounded(heap / 1024 / 1024), unit: "MB", floor: null, ratio: null });
    report({ figure: `waiting.${runs}.restart`, value: rounded(ms), unit: "ms", floor: null, ratio: null });
  } finally {
    await children.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

import { callerOf, EngineOnDisk, startService } from "@drawbridge/engine/testing";
import type { Wanted } from "./message.ts";
import { playbooks } from "./playbooks.ts";

/** How the same runs end when nothing crashes, as JSON by `n`. */
export async function undisturbed(wanted: readonly Wanted[]): Promise<ReadonlyMap<number, string>> {
  const service = await startService();
  const on = new EngineOnDisk(callerOf(service.url), [...playbooks.values()]);
  await on.open();
  on.engine.subscribe((_run, events) => {
    for (const event of events) if (event.type === "ask-opened") void on.engine.answer(event.effect, "yes", {}, "ana@qrst.com");
  });
  const ends = new Map<number, string>();
  for (let from = 0; from < wanted.length; from += 50) {
    const some = wanted.slice(from, from + 50).map(async ({ playbook, n }) => {
      const { status, outcome, outputs } = await on.finish(playbook, { n });
      ends.set(n, JSON.stringify({ status, outcome, outputs }));
    });
    await Promise.all(some);
  }
  await on.remove();
  await service.close();
  return ends;
}

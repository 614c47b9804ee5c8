import { DistributedEngine } from "@drawbridge/engine/distributed";
import { hostOf } from "./host.ts";
import type { Order, Told } from "./message.ts";

// One of several engines on a database, in a process of its own that may be killed at any moment.
const [url = "", service = ""] = process.argv.slice(2);
const engine = new DistributedEngine({ url }, hostOf(service), { role: "all", connections: 6 });
const tell = (told: Told): void => void process.send?.(told);

for (let tries = 0; ; tries += 1) {
  try {
    await engine.recover();
    break;
  } catch (error) {
    if (tries > 60) throw error;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
process.on("message", ({ start }: Order) => {
  for (const { playbook, n } of start ?? [])
    void engine.start({ playbook, input: { n }, trigger: { kind: "manual" }, idempotencyKey: String(n) }).then(
      ({ run }) => tell({ accepted: { n, run } }),
      () => undefined,
    );
});
process.on("disconnect", () => process.exit(0));
tell({ ready: { open: 0 } });

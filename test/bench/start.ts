import { emptyHome, removeHome, startServerProcess } from "../server-process.ts";
import { median, type Report, rounded } from "./figure.ts";
import { residentMb } from "./process-cost.ts";

const rounds = 5;
const idleMs = 10_000;
const environment = { NODE_ENV: "production", DRAWBRIDGE_SAMPLE_WORLD: "0", DRAWBRIDGE_LOG_LEVEL: "warn" };

/** How soon the built server, over a home that is there, serves a request, and what it holds when nothing happens. */
export async function startBench(report: Report): Promise<void> {
  const home = await emptyHome();
  try {
    await (await startServerProcess({ home, environment })).stop();
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const begin = performance.now();
      const server = await startServerProcess({ home, environment });
      times.push(performance.now() - begin);
      if (round === rounds - 1) {
        await new Promise((resolve) => setTimeout(resolve, idleMs));
        report({ figure: "start.idle.memory", value: rounded(residentMb(server.pid)), unit: "MB", floor: null, ratio: null });
      }
      await server.stop();
    }
    report({ figure: "start.ready", value: rounded(median(times)), unit: "ms", floor: null, ratio: null });
  } finally {
    await removeHome(home);
  }
}

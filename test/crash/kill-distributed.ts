import { freshPostgres } from "@drawbridge/engine/testing";
import { DistributedTrial } from "./distributed-trial.ts";
import { moments } from "./moments.ts";
import type { Verdict } from "./verdict.ts";

/** Kills one of three engines on a database every second, each time another at random, and counts what went wrong. */
export async function killDistributed({ seconds, seed }: { readonly seconds: number; readonly seed: number }): Promise<Verdict> {
  const { url, drop } = await freshPostgres();
  const trial = await DistributedTrial.open(url, moments(seed));
  try {
    for (let kill = 0; kill < seconds; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await trial.killOne();
    }
    return await trial.verdict("distributed", seconds);
  } finally {
    await trial.close();
    await drop();
  }
}

import { DistributedTrial } from "./distributed-trial.ts";
import { moments } from "./moments.ts";
import { ownPostgres } from "./own-postgres.ts";
import type { Verdict } from "./verdict.ts";

/** Restarts the database under three engines, by turns in order and as a crash would, and counts what went wrong. */
export async function restartDatabase({ programs, restarts, seed }: { readonly programs: string; readonly restarts: number; readonly seed: number }): Promise<Verdict> {
  const database = await ownPostgres(programs);
  const next = moments(seed);
  const trial = await DistributedTrial.open(database.url, next);
  try {
    for (let restart = 0; restart < restarts; restart += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2_000 + next() * 4_000));
      await database.restart(restart % 2 === 0 ? "immediate" : "fast");
    }
    return await trial.verdict("database", restarts);
  } finally {
    await trial.close();
    await database.close();
  }
}

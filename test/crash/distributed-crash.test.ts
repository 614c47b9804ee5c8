import { postgresServer } from "@drawbridge/engine/testing";
import { expect, it } from "vitest";
import { killDistributed } from "./kill-distributed.ts";
import { postgresPrograms } from "./own-postgres.ts";
import { restartDatabase } from "./restart-database.ts";

const programs = await postgresPrograms();

it.skipIf(postgresServer === undefined)(
  "three engines on PostgreSQL (DRAWBRIDGE_TEST_DATABASE_URL), one killed every second, lose nothing and send nothing twice",
  { timeout: 300_000 },
  async () => {
    const verdict = await killDistributed({ seconds: 12, seed: 7 });
    console.log(JSON.stringify(verdict));
    expect(verdict).toMatchObject({ lost: 0, duplicated: 0, wrong: [] });
    expect(verdict.runs).toBeGreaterThan(60);
  },
);

it.skipIf(programs === null)("three engines whose database (Debian's PostgreSQL) is restarted in mid-run lose nothing and send nothing twice", { timeout: 300_000 }, async () => {
  const verdict = await restartDatabase({ programs: programs ?? "", restarts: 2, seed: 7 });
  console.log(JSON.stringify(verdict));
  expect(verdict).toMatchObject({ lost: 0, duplicated: 0, wrong: [] });
  expect(verdict.runs).toBeGreaterThan(40);
});

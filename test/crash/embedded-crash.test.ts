import { expect, it } from "vitest";
import { killEmbedded } from "./kill-embedded.ts";

it("an engine on a file, killed at random moments under fifty runs at once, loses nothing and sends nothing twice", { timeout: 180_000 }, async () => {
  const verdict = await killEmbedded({ kills: 10, seed: 7 });
  console.log(JSON.stringify(verdict));
  expect(verdict).toMatchObject({ kills: 10, lost: 0, duplicated: 0, wrong: [] });
  expect(verdict.runs).toBeGreaterThan(60);
});

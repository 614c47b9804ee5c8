import { readFile } from "node:fs/promises";
import { type Finding, type Playbook, serializePlaybook } from "@drawbridge/playbook";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { noBrowser } from "./browser.ts";
import { backwards, canvasOf, outlineOf, problemsOf } from "./walk/expected.ts";
import { type Move, moves } from "./walk/moves.ts";
import { seeded } from "./walk/seeded.ts";
import { canvasShown, outlineShown, problemsShown } from "./walk/shown.ts";
import { goToView } from "./walk/walker.ts";
import { workshop } from "./workshop.ts";

if (noBrowser) console.log(`Skipped: a random walk in a browser (${noBrowser}).`);

const seed = Number(process.env["DRAWBRIDGE_WALK_SEED"] ?? 1);
const length = Number(process.env["DRAWBRIDGE_WALK_LENGTH"] ?? 40);
const polling = { timeout: 15_000, interval: 60 };

const document = {
  schemaVersion: 1,
  id: "walked",
  name: "Walked",
  start: ["a"],
  steps: Object.fromEntries(
    ["a", "b", "c", "d", "e"].map((id, at, all) => [
      id,
      { kind: at % 2 ? "set" : "section", name: `Step ${id}`, ...(at % 2 && { values: { [id]: at } }), next: all.slice(at + 1, at + 2) },
    ]),
  ),
  layout: { a: { x: 0, y: 0 }, b: { x: 0, y: 96 }, c: { x: 0, y: 192 }, d: { x: 0, y: 288 }, e: { x: 0, y: 384 } },
};

const missing = (of: string, wanted: readonly string[], shown: readonly string[]) => [
  ...wanted.filter((line) => !shown.includes(line)).map((line) => `${of} lacks ${line}`),
  ...shown.filter((line) => !wanted.includes(line)).map((line) => `${of} shows ${line}`),
];

describe.skipIf(noBrowser !== null)("a random walk through the editor", () => {
  const shop = workshop();

  const exported = async (page: Page): Promise<string> => {
    await page.getByRole("button", { name: "More for this playbook" }).click();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Export JSON" }).click()]);
    return readFile(await file.path(), "utf8");
  };

  it("has canvas, outline, draft and problems agree after every edit, and comes back to the same bytes", { timeout: 240_000 }, async () => {
    const random = seeded(seed);
    const { page, errors, draft } = await shop.open(document);
    const told: string[] = [];
    const story = () => `seed ${seed}, edits:\n${told.join("\n")}`;
    const checked = { bytes: "", findings: [] as readonly Finding[] };
    const findingsOf = async (playbook: Playbook) => {
      const bytes = serializePlaybook(playbook);
      if (checked.bytes !== bytes) Object.assign(checked, { bytes, ...(await shop.api().call<{ findings: Finding[] }>("checkPlaybook", { body: playbook })) });
      return checked.findings;
    };
    /** Waits until everything shows the draft that the server has, and gives it. */
    const agreed = async (): Promise<Playbook> => {
      let playbook = await draft();
      const first = (await page.locator(".canvas-box").count()) > 0 ? (["canvas", "outline"] as const) : (["outline", "canvas"] as const);
      for (const view of first) {
        await goToView({ page }, view);
        const differences = async () => {
          playbook = await draft();
          const findings = await findingsOf(playbook);
          const shown = await (view === "canvas" ? canvasShown(page) : outlineShown(page));
          const wanted = view === "canvas" ? canvasOf(playbook, findings) : outlineOf(playbook, findings);
          return [
            ...missing(view, wanted, shown.lines),
            ...missing("the line of problems", problemsOf(findings), await problemsShown(page)),
            ...backwards(playbook, shown.numbers),
          ];
        };
        await expect.poll(differences, { ...polling, message: story() }).toEqual([]);
      }
      return playbook;
    };

    let playbook = await agreed();
    const bytes = [serializePlaybook(playbook)];
    const file = await exported(page);
    let at = 0;
    let last: Move | undefined;
    const travel = async (by: 1 | -1, key: string) => {
      const button = page.getByRole("button", { name: by < 0 ? "Undo" : "Redo", exact: true });
      if (random.chance(0.3)) await button.click();
      else await page.keyboard.press(key);
      at += by;
      told.push(by < 0 ? "undo" : "redo");
      await expect.poll(async () => serializePlaybook(await draft()), { ...polling, message: story() }).toBe(bytes[at]);
    };
    const outOfFields = () =>
      page.evaluate(() => (globalThis.document.activeElement as HTMLElement | null)?.matches("input, textarea") && (globalThis.document.activeElement as HTMLElement).blur());

    for (let made = 0; made < length;) {
      const dice = random.below(100);
      if (dice < 12 && at > 0) {
        await outOfFields();
        await travel(-1, "Control+z");
      } else if (dice < 24 && at < bytes.length - 1) {
        await outOfFields();
        await travel(1, random.chance(0.5) ? "Control+y" : "Control+Shift+z");
      } else {
        const move = random.one(moves);
        if (!move || (move.merges && move.merges === last?.merges)) continue;
        await outOfFields();
        told.push(move.name);
        const outcome = await move.make({ page, random, playbook }).catch((cause: unknown) => {
          throw new Error(story(), { cause });
        });
        if (!outcome) {
          told.pop();
          continue;
        }
        last = move;
        const before = playbook;
        if (move.name !== "tidy up") await expect.poll(async () => serializePlaybook(await draft()), { ...polling, message: story() }).not.toBe(bytes[at]);
        playbook = await agreed();
        expect(outcome(before, playbook), story()).toBe(true);
        const now = serializePlaybook(playbook);
        if (now !== bytes[at]) bytes.splice((at += 1), Infinity, now);
        made += 1;
        continue;
      }
      last = undefined;
      playbook = await agreed();
      made += 1;
    }
    await outOfFields();
    while (at > 0) await travel(-1, "Control+z");
    expect(await page.getByRole("button", { name: "Undo", exact: true }).isDisabled(), story()).toBe(true);
    expect(serializePlaybook(await agreed())).toBe(bytes[0]);
    expect(await exported(page)).toBe(file);
    expect(errors, story()).toEqual([]);
  });
});

import type { Playbook } from "@drawbridge/playbook";
import { connectionsOf } from "./expected.ts";
import { choose, chooseRows, fit, goToView, single, standStill, visible, type Walker } from "./walker.ts";

/** What must be true of the document afterwards; null when the move could not be made. */
type Outcome = ((before: Playbook, after: Playbook) => boolean) | null;

export interface Move {
  readonly name: string;
  readonly make: (walker: Walker) => Promise<Outcome>;
  /** Made twice in a row it may be one change for undo. */
  readonly merges?: "move" | "type";
}

const mostSteps = 13;
const steps = (playbook: Playbook) => Object.keys(playbook.steps).length;
const notes = (playbook: Playbook) => Object.keys(playbook.notes ?? {});
const groups = (playbook: Playbook) => Object.keys(playbook.groups ?? {});
const names = (playbook: Playbook) => Object.values(playbook.steps).map(({ name }) => name);
const connections = (playbook: Playbook) => connectionsOf(playbook).length;
const moreSteps =
  (count: number): Outcome =>
  (before, after) =>
    steps(after) === steps(before) + count;
const kinds = ["section", "set", "wait", "condition", "ask", "script", "end", "action"];
const isFull = ({ playbook }: Walker) => steps(playbook) >= mostSteps;

const add: readonly Move[] = [
  {
    name: "add from the palette by mouse",
    make: async (walker) => {
      if (isFull(walker)) return null;
      const { page, random } = walker;
      const after = random.one(visible(walker));
      if (after !== undefined && random.chance(0.7)) await choose(walker, after);
      else await page.keyboard.press("Escape");
      await page
        .locator(`[data-palette-item="${random.one(kinds)}"]`)
        .first()
        .click();
      return moreSteps(1);
    },
  },
  {
    name: "add from the palette by typing",
    make: async (walker) => {
      if (isFull(walker)) return null;
      const { page, random } = walker;
      const search = page.getByRole("searchbox", { name: "Search steps and actions" });
      await search.focus();
      await page.keyboard.type(random.one(["wait", "note", "script", "case"]) ?? "wait");
      await page.getByText(/Enter adds the first/).waitFor();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      return moreSteps(1);
    },
  },
  {
    name: "add or insert by keys in the outline",
    make: async (walker) => {
      const { page, random, playbook } = walker;
      const id = random.one(visible(walker).filter((each) => playbook.steps[each]?.kind !== "end"));
      if (id === undefined || isFull(walker)) return null;
      await chooseRows(walker, [id]);
      await page.keyboard.press(random.chance(0.5) ? "a" : "i");
      await page.getByRole("dialog").getByRole("combobox").waitFor();
      await page.keyboard.type(random.one(["wait", "section", "set"]) ?? "wait");
      await page.keyboard.press("Enter");
      return moreSteps(1);
    },
  },
  {
    name: "duplicate",
    make: async (walker) => {
      const { page, random } = walker;
      const chosen = random.some(visible(walker), 1 + random.below(2));
      if (isFull(walker) || chosen.length === 0) return null;
      await chooseRows(walker, chosen);
      if (random.chance(0.5)) await page.getByRole("toolbar", { name: "Edit the outline" }).getByRole("button", { name: "Duplicate", exact: true }).click();
      else await page.keyboard.press("Control+d");
      return moreSteps(chosen.length);
    },
  },
  {
    name: "copy and paste",
    make: async (walker) => {
      const { page, random } = walker;
      const chosen = random.some(visible(walker), 1 + random.below(2));
      if (isFull(walker) || chosen.length === 0) return null;
      await chooseRows(walker, chosen);
      await page.keyboard.press("Control+c");
      if (random.chance(0.5)) await goToView(walker, "canvas");
      await page.keyboard.press("Control+v");
      return moreSteps(chosen.length);
    },
  },
];

const take: readonly Move[] = [
  {
    name: "delete on the canvas",
    make: async (walker) => {
      const id = walker.random.one(visible(walker));
      if (id === undefined || steps(walker.playbook) < 4) return null;
      await choose(walker, id);
      await walker.page.keyboard.press("Delete");
      return (before, after) => steps(after) === steps(before) - 1 && after.steps[id] === undefined;
    },
  },
  {
    name: "delete in the outline",
    make: async (walker) => {
      const { page, random, playbook } = walker;
      const chosen = random.some(visible(walker), 2);
      if (chosen.length < 2 || steps(playbook) < 7) return null;
      await chooseRows(walker, chosen);
      await page.keyboard.press(random.chance(0.5) ? "Backspace" : "Delete");
      return moreSteps(-2);
    },
  },
  {
    name: "cut",
    make: async (walker) => {
      const id = walker.random.one(visible(walker));
      if (id === undefined || steps(walker.playbook) < 5) return null;
      await choose(walker, id);
      await walker.page.keyboard.press("Control+x");
      return moreSteps(-1);
    },
  },
];

const ways: readonly Move[] = [
  {
    name: "connect in the inspector",
    make: async (walker) => {
      const { page, random, playbook } = walker;
      const id = random.one(visible(walker).filter((each) => playbook.steps[each]?.kind !== "end"));
      if (id === undefined) return null;
      await chooseRows(walker, [id]);
      await page.keyboard.press("c");
      await page.keyboard.press("ArrowDown");
      const options = page.getByRole("option");
      const none = page.getByText("No other step can follow here");
      await options.or(none).first().waitFor();
      if (await none.isVisible()) {
        await page.keyboard.press("Escape");
        return null;
      }
      await options.nth(random.below(await options.count())).click();
      return (before, after) => connections(after) === connections(before) + 1;
    },
  },
  {
    name: "disconnect in the inspector",
    make: async (walker) => {
      const { page, random } = walker;
      const id = random.one(visible(walker));
      if (id === undefined) return null;
      await choose(walker, id);
      const off = page.getByRole("complementary", { name: "Inspector" }).getByRole("button", { name: /^Disconnect / });
      const count = await off.count();
      if (count === 0) return null;
      await off.nth(random.below(count)).click();
      return (before, after) => connections(after) === connections(before) - 1;
    },
  },
  {
    name: "connect by dragging",
    make: async (walker) => {
      const { page, random, playbook } = walker;
      const lines = connectionsOf(playbook);
      const from = random.one(visible(walker).filter((id) => ["section", "wait", "set"].includes(playbook.steps[id]?.kind ?? "")));
      const to = random.one(visible(walker).filter((id) => !lines.some((line) => line[0] === from && line[2] === id)));
      if (from === undefined || to === undefined || leads(playbook, to, from)) return null;
      await goToView(walker, "canvas");
      await page.keyboard.press("Escape");
      await fit(page);
      const port = await page.locator(`.react-flow__handle[data-from="${from}"][data-way="next"]`).boundingBox();
      const entry = await page.locator(`.react-flow__node[data-id="${to}"] .react-flow__handle.target`).boundingBox();
      if (!port || !entry) return null;
      const at = { x: port.x + port.width / 2, y: port.y + port.height / 2 };
      const free = await page.evaluate(([x, y, id]) => document.elementFromPoint(x, y)?.closest<HTMLElement>(".react-flow__handle")?.dataset["from"] === id, [
        at.x,
        at.y,
        from,
      ] as const);
      if (!free) return null;
      await page.mouse.move(at.x, at.y);
      await page.mouse.down();
      await page.mouse.move((at.x + entry.x) / 2, (at.y + entry.y) / 2, { steps: 3 });
      await page.mouse.move(entry.x + entry.width / 2, entry.y + entry.height / 2, { steps: 3 });
      await page.mouse.up();
      return (before, after) => connections(after) === connections(before) + 1;
    },
  },
  {
    name: "let a step happen earlier or later",
    make: async (walker) => {
      const { page, random } = walker;
      const id = random.one(visible(walker));
      if (id === undefined) return null;
      await chooseRows(walker, [id]);
      const way = random.chance(0.5) ? "Earlier" : "Later";
      const button = page.getByRole("toolbar", { name: "Edit the outline" }).getByRole("button", { name: way });
      if ((await button.getAttribute("aria-disabled")) === "true") return null;
      if (random.chance(0.5)) await button.click();
      else await page.keyboard.press(way === "Later" ? "Alt+ArrowDown" : "Alt+ArrowUp");
      return moreSteps(0);
    },
  },
];

const groupMoves: readonly Move[] = [
  {
    name: "group",
    make: async (walker) => {
      const { page, random, playbook } = walker;
      const chosen = random.some(single(walker), 2 + random.below(2));
      if (chosen.length < 2 || groups(playbook).length > 2) return null;
      await chooseRows(walker, chosen);
      if (random.chance(0.5)) await page.getByRole("complementary", { name: "Inspector" }).getByRole("button", { name: "Group", exact: true }).click();
      else await page.keyboard.press("Control+g");
      return (before, after) => groups(after).length === groups(before).length + 1;
    },
  },
  {
    name: "fold or open a group",
    make: async (walker) => {
      const { page, random, playbook } = walker;
      const id = random.one(groups(playbook));
      const group = playbook.groups?.[id ?? ""];
      if (id === undefined || !group) return null;
      if (random.chance(0.5)) {
        await goToView(walker, "outline");
        await page.locator(`[role="treeitem"][data-step-id="$group:${id}"]`).focus();
        await page.keyboard.press(group.folded ? "ArrowRight" : "ArrowLeft");
      } else {
        await choose(walker, `$group:${id}`);
        await page.keyboard.press("f");
      }
      return (_before, after) => (after.groups?.[id]?.folded ?? false) !== (group.folded ?? false);
    },
  },
  {
    name: "dissolve a group",
    make: async (walker) => {
      const id = walker.random.one(groups(walker.playbook));
      if (id === undefined) return null;
      await choose(walker, `$group:${id}`);
      if (walker.random.chance(0.5)) await walker.page.keyboard.press("Control+Shift+g");
      else await walker.page.getByRole("button", { name: "Dissolve", exact: true }).click();
      return (before, after) => groups(after).length === groups(before).length - 1 && steps(after) === steps(before);
    },
  },
];

const rest: readonly Move[] = [
  {
    name: "rename in the outline",
    make: async (walker) => {
      const { page, random } = walker;
      const id = random.one([...visible(walker), ...groups(walker.playbook).map((each) => `$group:${each}`)]);
      if (id === undefined) return null;
      await chooseRows(walker, [id]);
      await page.keyboard.press("F2");
      await page.getByRole("textbox", { name: /^Name of / }).waitFor();
      const name = `Named ${random.below(1_000_000)}`;
      await page.keyboard.type(name);
      await page.keyboard.press("Enter");
      return (_before, after) => [...names(after), ...Object.values(after.groups ?? {}).map((group) => group.name)].includes(name);
    },
  },
  {
    name: "rename in the inspector",
    merges: "type",
    make: async (walker) => {
      const id = walker.random.one(visible(walker));
      if (id === undefined) return null;
      await choose(walker, id);
      const name = `Called ${walker.random.below(1_000_000)}`;
      await walker.page.getByRole("complementary", { name: "Inspector" }).getByRole("textbox", { name: "Name", exact: true }).first().fill(name);
      return (_before, after) => after.steps[id]?.name === name;
    },
  },
  {
    name: "move by an arrow key",
    merges: "move",
    make: async (walker) => {
      const id = walker.random.one(visible(walker));
      if (id === undefined) return null;
      await choose(walker, id);
      await walker.page.keyboard.press(walker.random.one(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) ?? "ArrowLeft");
      return (before, after) => JSON.stringify(before.layout?.[id]) !== JSON.stringify(after.layout?.[id]);
    },
  },
  {
    name: "move by mouse",
    merges: "move",
    make: async (walker) => {
      const { page, random } = walker;
      const id = random.one(visible(walker));
      if (id === undefined) return null;
      await goToView(walker, "canvas");
      await page.keyboard.press("Escape");
      await fit(page);
      const box = await page.locator(`.react-flow__node[data-id="${id}"]`).boundingBox();
      if (!box) return null;
      const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const free = await page.evaluate(([x, y, own]) => document.elementFromPoint(x, y)?.closest<HTMLElement>(".react-flow__node")?.dataset["id"] === own, [
        at.x,
        at.y,
        id,
      ] as const);
      if (!free) return null;
      await page.mouse.move(at.x, at.y);
      await page.mouse.down();
      await page.mouse.move(at.x + 30, at.y + 20, { steps: 3 });
      await page.mouse.move(at.x + 90, at.y + 64, { steps: 4 });
      await page.mouse.up();
      return (before, after) => JSON.stringify(before.layout?.[id]) !== JSON.stringify(after.layout?.[id]);
    },
  },
  {
    name: "put in line",
    merges: "move",
    make: async (walker) => {
      const { page, random, playbook } = walker;
      const chosen = random.some(visible(walker), 2);
      const [one, other] = chosen.map((id) => playbook.layout?.[id]);
      if (!one || !other || one.x === other.x) return null;
      await chooseRows(walker, chosen);
      if (random.chance(0.5)) await page.getByRole("button", { name: "Align left edges", exact: true }).click();
      else await page.keyboard.press("Alt+a");
      return (_before, after) => new Set(chosen.map((id) => after.layout?.[id]?.x)).size === 1;
    },
  },
  {
    name: "add a note",
    make: async (walker) => {
      if (notes(walker.playbook).length > 2) return null;
      await goToView(walker, "canvas");
      await walker.page.getByRole("button", { name: "Add a note", exact: true }).click();
      return (before, after) => notes(after).length === notes(before).length + 1;
    },
  },
  {
    name: "write or delete a note",
    merges: "type",
    make: async (walker) => {
      const { page, random, playbook } = walker;
      const id = random.one(notes(playbook));
      if (id === undefined) return null;
      await choose(walker, `$note:${id}`);
      if (random.chance(0.4)) {
        await page.keyboard.press("Delete");
        return (before, after) => notes(after).length === notes(before).length - 1;
      }
      const text = `Note ${random.below(1_000_000)}`;
      await page.getByRole("complementary", { name: "Inspector" }).getByRole("textbox", { name: "Text" }).fill(text);
      return (_before, after) => after.notes?.[id]?.text === text;
    },
  },
  {
    name: "tidy up",
    make: async (walker) => {
      const told = walker.page.getByText(/^([\d,]+ steps? moved|Every step is in its place)$/);
      if ((await told.count()) > 0) return null;
      await goToView(walker, "canvas");
      await walker.page.getByRole("button", { name: "Tidy up", exact: true }).click();
      await told.waitFor({ state: "attached" });
      await standStill(walker.page);
      return moreSteps(0);
    },
  },
];

/** Whether a document leads from one step to another. */
function leads(playbook: Playbook, from: string, to: string): boolean {
  return from === to || connectionsOf(playbook).some((line) => line[0] === from && leads(playbook, line[2], to));
}

/** Every edit that the walk makes; undo and redo are the walk's own. */
export const moves: readonly Move[] = [...add, ...take, ...ways, ...groupMoves, ...rest];

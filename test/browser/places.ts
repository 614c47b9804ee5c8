import type { ApiClient } from "@drawbridge/cli/api-client";
import type { CaseSummary } from "@drawbridge/protocol";
import type { Page } from "playwright-core";

/** Somewhere that a person can be: an address, and what to press there. */
export interface Place {
  readonly name: string;
  readonly path: string;
  readonly open: (page: Page) => Promise<unknown>;
  /** Not on a phone. */
  readonly wide?: boolean;
}

const story = "code42-exfiltration";

/** What the pages show, by id. */
interface World {
  readonly run: string;
  readonly case: string;
  readonly webhook: string;
  readonly schedule: string;
}

/** A run with an ask, a case with something in each tab, and triggers, one of which has refused a request. */
export async function worldOf(api: ApiClient, url: string): Promise<World> {
  const broken = {
    schemaVersion: 1,
    id: "broken",
    name: "Broken",
    start: ["lost"],
    steps: { lost: { kind: "call", name: "Call", playbook: "nowhere", next: [] }, alone: { kind: "section", name: "Alone", next: [] } },
  };
  await api.call("createPlaybook", { body: broken });
  const body = { title: "A case", type: "Exposure on an endpoint", severity: "high", subject: "John Anderson" };
  const { id: caseId } = await api.call<CaseSummary>("openCase", { body });
  const make = (of: object) => api.call<{ trigger: { id: string }; token: string | null }>("createTrigger", { body: of });
  const inputs = { alertId: "{{ webhook.body.alert.id }}" };
  const hook = await make({ kind: "webhook", name: "Alerts from the SIEM", playbook: story, inputs, signature: { secret: "sixteen letters or more" } });
  const times = await make({ kind: "schedule", name: "Morning sweep", playbook: story, cron: "0 9 * * 1-5", zone: "Europe/Berlin", inputs: { alertId: "none" } });
  await fetch(`${url}/hooks/${hook.token ?? ""}`, { method: "POST", body: "{}" });
  const run = await api.call<{ id: string }>("startRun", { body: { playbook: story, input: { alertId: "none" }, caseId } });
  return { run: run.id, case: caseId, webhook: hook.trigger.id, schedule: times.trigger.id };
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first();
const press = async (page: Page, name: string | RegExp) => button(page, name).click();
const menu = async (page: Page, name: string | RegExp) => {
  await press(page, name);
  await page.getByRole("menuitem").first().waitFor();
};
const dialog = (page: Page) => page.getByRole("dialog").first().waitFor();
const heading = (page: Page) => page.getByRole("heading").first().waitFor();

/** Every page, and what opens from it. */
export const placesOf = (world: World): Place[] => [
  { name: "library", path: "/playbooks", open: (page) => page.getByRole("article").first().waitFor() },
  { name: "library, nothing found", path: "/playbooks?search=nothing-of-the-kind", open: heading },
  { name: "library, menu of a playbook", path: "/playbooks", open: (page) => menu(page, /^More for/) },
  { name: "library, new playbook", path: "/playbooks", open: async (page) => (await press(page, "New playbook"), dialog(page)), wide: true },
  { name: "library, import", path: "/playbooks", open: async (page) => (await press(page, "Import"), dialog(page)), wide: true },
  { name: "person's menu", path: "/playbooks", open: (page) => menu(page, /account and theme/), wide: true },
  { name: "editor", path: `/playbooks/${story}`, open: (page) => page.locator("[data-step-id]").first().waitFor() },
  { name: "versions compared", path: `/playbooks/${story}/compare`, open: heading },
  { name: "playbook settings", path: `/playbooks/${story}/settings`, open: heading },
  { name: "runs", path: "/runs", open: heading },
  { name: "run", path: `/runs/${world.run}`, open: (page) => page.locator("[data-step-id][data-status]").first().waitFor() },
  { name: "cases", path: "/cases", open: heading },
  { name: "case", path: `/cases/${world.case}`, open: (page) => page.getByLabel("War room entry").or(page.getByRole("tab").first()).first().waitFor() },
  ...["info", "evidence", "tasks", "timeline", "runs", "report", "linked", "war-room"].map((tab) => ({
    name: `case, ${tab}`,
    path: `/cases/${world.case}?tab=${tab}`,
    open: (page: Page) => page.getByRole("tab").first().waitFor(),
  })),
  { name: "asks", path: "/asks", open: heading },
  { name: "triggers", path: "/triggers", open: heading },
  { name: "webhook", path: `/triggers/${world.webhook}`, open: heading },
  { name: "schedule", path: `/triggers/${world.schedule}`, open: heading },
  { name: "new webhook", path: `/triggers?add=webhook&playbook=${story}`, open: dialog },
  { name: "new schedule", path: `/triggers?add=schedule&playbook=${story}`, open: dialog },
  { name: "settings", path: "/settings", open: heading },
  { name: "integrations", path: "/integrations", open: heading },
  { name: "mailbox", path: "/mailbox", open: heading },
  { name: "me", path: "/me", open: heading },
  { name: "no such page", path: "/nowhere", open: (page) => page.getByText("There is no such page").waitFor() },
];

const edit = (name: string, open: (page: Page) => Promise<unknown>, playbook = story): Place => ({
  name: `editor, ${name}`,
  path: `/playbooks/${playbook}`,
  open: async (page) => {
    await page.locator(".canvas-box[data-ready]").waitFor();
    await open(page);
  },
});
const step = (page: Page, id: string) => page.locator(`.react-flow__node[data-step-id="${id}"]`);
const command = async (page: Page, words: string) => {
  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: "Find a step or a command" }).fill(words);
  await page
    .getByRole("button", { name: new RegExp(`^${words}`) })
    .first()
    .click();
};

/** The editor with each of its panels, menus and dialogs open. */
export const editorPlaces: readonly Place[] = [
  edit("an action", async (page) => (await step(page, "open-case").click(), page.getByRole("complementary", { name: "Inspector" }).getByRole("heading").first().waitFor())),
  edit(
    "palette by typing",
    async (page) => (await page.getByRole("searchbox", { name: "Search steps and actions" }).fill("case"), page.getByText(/Enter adds the first/).waitFor()),
  ),
  edit("outline", async (page) => (await page.keyboard.press("o"), page.getByLabel("Steps in the order of the flow").waitFor())),
  edit("problems", async (page) => (await press(page, "Open the problems"), page.getByRole("region", { name: "Problems" }).getByRole("listitem").first().waitFor()), "broken"),
  edit("menu", (page) => menu(page, "More for this playbook")),
  edit("command palette", async (page) => (await page.keyboard.press("Control+k"), page.getByRole("textbox", { name: "Find a step or a command" }).waitFor())),
  edit("publish", async (page) => (await press(page, /^Publish v/), dialog(page)), "broken"),
  edit("versions", async (page) => (await press(page, "Versions"), dialog(page))),
  edit("backtest", async (page) => (await command(page, "Backtest against past runs"), dialog(page))),
  edit("dry run", async (page) => press(page, "Dry run")),
  edit("run", async (page) => (await page.getByRole("button", { name: "Run", exact: true }).click(), dialog(page))),
  edit("shortcuts", async (page) => (await page.keyboard.press("?"), dialog(page))),
  edit("many selected", async (page) => (await page.keyboard.press("Control+a"), page.getByRole("heading", { name: /selected$/ }).waitFor())),
];

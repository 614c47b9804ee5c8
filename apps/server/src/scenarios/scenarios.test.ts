import type { Scenario } from "@drawbridge/engine";
import { runScenario } from "@drawbridge/engine";
import { integrations } from "@drawbridge/integrations";
import { playbook as playbookSchema } from "@drawbridge/playbook";
import type { MaskedValue, SavedScenario } from "@drawbridge/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childPlaybook, restrictedPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

interface Draft {
  readonly scenario: Scenario;
  readonly masked: readonly MaskedValue[];
  readonly storable: boolean;
}

let server: TestServer;
let anna: TestClient;
let tom: TestClient;
let erik: TestClient;

const leaver = {
  schemaVersion: 1,
  id: "leaver",
  name: "Leaver",
  inputs: [
    { key: "user", type: "string" },
    { key: "mail", type: "string" },
  ],
  start: ["open-case"],
  steps: {
    "open-case": {
      kind: "action",
      name: "Open",
      action: "cases.open",
      with: { title: "{{ input.user }} leaves", type: "Departure", subject: "{{ input.mail }}" },
      next: ["is-known"],
    },
    "is-known": { kind: "condition", name: "Known?", branches: [{ label: "yes", when: { "!!": [{ var: "input.mail" }] }, next: ["ask"] }], otherwise: { next: ["end"] } },
    ask: {
      kind: "ask",
      name: "Sure?",
      prompt: "Go on with {{ input.user }}?",
      branches: [
        { label: "yes", next: ["end"] },
        { label: "no", next: [] },
      ],
    },
    end: { kind: "end", name: "End", outcome: "done" },
  },
};

const asked = async (client: TestClient, playbook: string, input: object = {}) => {
  const socket = client.socket();
  await socket.watch({ topic: "asks" });
  const { id } = await client.call<{ id: string }>("startRun", { body: { playbook, input } });
  const ask = await socket.until((messages) => messages.flatMap((each) => (each.name === "ask-changed" && each.message.ask.run === id ? [each.message.ask.id] : []))[0]);
  await socket.watch({ topic: "run", id, from: 0 });
  return { id, socket, ask };
};
const finished = async (client: TestClient, playbook: string, input: object = {}) => {
  const { id, socket, ask } = await asked(client, playbook, input);
  await client.call("answerAsk", { body: { id: ask, answer: "yes" } });
  await socket.until(() => (socket.runEvents(id).some(({ type }) => type === "run-succeeded") ? true : undefined));
  socket.close();
  return id;
};

beforeAll(async () => {
  server = await startTestServer();
  [anna, tom, erik] = [await server.as("anna"), await server.as("tom"), await server.as("erik")];
  for (const document of [leaver, childPlaybook, restrictedPlaybook(["anna@qrst.com"])]) await publish(erik, document);
});
afterAll(() => server.close());

describe("a finished run", () => {
  it("becomes a scenario that names nobody and goes the same way, and is kept with the playbook", async () => {
    const run = await finished(anna, "leaver", { user: "johara", mail: "john.ohara@other.com" });
    const draft = await anna.call<Draft>("draftScenario", { params: { id: run }, body: { name: "O'Hara leaves" } });
    expect(draft.storable).toBe(true);
    expect(draft.masked.map(({ from }) => from)).toEqual(expect.arrayContaining(["johara", "john.ohara@other.com", "anna@qrst.com"]));
    expect(JSON.stringify(draft.scenario)).not.toMatch(/johara|other\.com|anna@/);
    expect(draft.scenario.expect).toMatchObject({ status: "succeeded", outcome: "done", path: expect.arrayContaining(["open-case", "is-known", "ask", "end"]) as string[] });
    expect((await runScenario({ playbook: playbookSchema.parse(leaver), integrations, scenario: draft.scenario })).problems).toEqual([]);
    const saved = await anna.call<SavedScenario>("saveScenario", { params: { id: "leaver" }, body: { scenario: draft.scenario, run } });
    expect(await tom.call("listScenarios", { params: { id: "leaver" } })).toEqual({ items: [saved] });
    expect(await tom.call("getScenario", { params: { id: "leaver", scenario: saved.id } })).toEqual({ scenario: draft.scenario });
    const again = await anna.call<SavedScenario>("saveScenario", { params: { id: "leaver" }, body: { scenario: { ...draft.scenario, description: "Again" } } });
    expect(again.id).toBe(saved.id);
    expect((await anna.refused("deleteScenario", { params: { id: "leaver", scenario: saved.id } })).status).toBe(403);
    await erik.call("deleteScenario", { params: { id: "leaver", scenario: saved.id } });
    expect(await tom.call("listScenarios", { params: { id: "leaver" } })).toEqual({ items: [] });
  });

  it("keeps unmasked what is to be kept", async () => {
    const run = await finished(anna, "leaver", { user: "johara", mail: "john.ohara@other.com" });
    const { scenario } = await anna.call<Draft>("draftScenario", { params: { id: run }, body: { name: "Kept", keep: ["johara"] } });
    expect(scenario.input).toMatchObject({ user: "johara" });
    expect(JSON.stringify(scenario)).not.toContain("other.com");
  });

  it("is refused while it lasts, and as what is no scenario", async () => {
    const { id, socket } = await asked(anna, "leaver", { user: "x" + "y".repeat(4), mail: "a@b.cd" });
    socket.close();
    expect(await anna.refused("draftScenario", { params: { id }, body: { name: "Early" } })).toMatchObject({ status: 400 });
    expect(await anna.refused("saveScenario", { params: { id: "leaver" }, body: { scenario: { schemaVersion: 1 } } })).toMatchObject({ code: "invalid-document" });
    expect((await anna.refused("listScenarios", { params: { id: "nothing" } })).status).toBe(404);
  });
});

describe("a run that tells of a restricted case", () => {
  it("is not kept where all could read it, nor made into a scenario for who may not see it", async () => {
    const run = await finished(anna, "restricted");
    const draft = await anna.call<Draft>("draftScenario", { params: { id: run }, body: { name: "Secret" } });
    expect(draft.storable).toBe(false);
    expect(await anna.refused("saveScenario", { params: { id: "restricted" }, body: { scenario: draft.scenario, run } })).toMatchObject({ status: 403 });
    expect(await tom.refused("draftScenario", { params: { id: run }, body: { name: "Secret" } })).toMatchObject({ status: 403 });
    const [child] = (await anna.call<{ items: { id: string }[] }>("listRuns", { query: { playbook: "asking-child" } })).items;
    expect(await tom.refused("draftScenario", { params: { id: child?.id ?? "" }, body: { name: "Secret" } })).toMatchObject({ status: 404 });
    expect(await tom.refused("saveScenario", { params: { id: "asking-child" }, body: { scenario: draft.scenario, run: child?.id ?? "" } })).toMatchObject({ status: 404 });
  });
});

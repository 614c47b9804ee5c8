import type { ImportPlan, PlaybookUses } from "@drawbridge/protocol";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { askingPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let engineer: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  engineer = await server.as("erik");
});
afterAll(() => server.close());

const calling = (id: string, ...called: string[]) => ({
  schemaVersion: 1,
  id,
  name: `Name of ${id}`,
  start: called.length > 0 ? ["call-0"] : ["end"],
  steps: {
    ...Object.fromEntries(
      called.map((playbook, index) => [`call-${index}`, { kind: "call", name: "Call", playbook, next: [index + 1 < called.length ? `call-${index + 1}` : "end"] }]),
    ),
    end: { kind: "end", name: "End", outcome: "done" },
  },
});
const exists = async (id: string) => (await engineer.send("getPlaybook", { params: { id } })).ok;

describe("importing several playbooks", () => {
  it("says before what is taken and what is not here, and then creates them all", async () => {
    const far = {
      ...calling("far"),
      steps: { go: { kind: "action", name: "Go", action: "acme.go", connection: "acme-1", next: ["end"] }, end: calling("far").steps.end },
      start: ["go"],
    };
    const playbooks = [calling("near", "far", "nowhere"), far];
    const plan = await engineer.call<ImportPlan>("planImport", { body: { playbooks } });
    expect(plan.playbooks).toEqual([
      { id: "near", name: "Name of near", steps: 3, taken: false },
      { id: "far", name: "Name of far", steps: 2, taken: false },
    ]);
    expect(plan.unresolved.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual(["action acme.go", "connection acme-1", "playbook nowhere"]);
    expect(await exists("near")).toBe(false);
    expect(await engineer.call("importPlaybooks", { body: { playbooks } })).toEqual({ playbooks: [{ id: "near", name: "Name of near" }, { id: "far", name: "Name of far" }] }); // prettier-ignore
    expect((await engineer.call<ImportPlan>("planImport", { body: { playbooks } })).playbooks.map(({ taken }) => taken)).toEqual([true, true]);
  });

  it("creates none when one is refused, and says which", async () => {
    const refused = await engineer.refused("importPlaybooks", { body: { playbooks: [calling("fresh-1"), calling("fresh-2"), calling("near")] } });
    expect(refused).toMatchObject({ status: 409, code: "already-exists", pointer: "/playbooks/2/id" });
    expect([await exists("fresh-1"), await exists("fresh-2")]).toEqual([false, false]);
    expect(await engineer.refused("importPlaybooks", { body: { playbooks: [calling("fresh-1"), { ...calling("odd"), surprise: 1 }] } })).toMatchObject({
      code: "invalid-document",
      pointer: "/playbooks/1/surprise",
    });
    expect(await (await server.as("anna")).refused("importPlaybooks", { body: { playbooks: [calling("fresh-1")] } })).toMatchObject({ status: 403 });
  });

  it("gives a playbook with all that it calls in one document, and names what is missing", async () => {
    const answer = await engineer.call<{ bundle: { root: string; playbooks: { id: string }[] }; missing: string[] }>("getBundle", { params: { id: "near" } });
    expect(answer.bundle.root).toBe("near");
    expect(answer.bundle.playbooks.map(({ id }) => id)).toEqual(["near", "far"]);
    expect(answer.missing).toEqual(["nowhere"]);
  });
});

describe("where a playbook is used", () => {
  const uses = (id: string) => engineer.call<PlaybookUses>("getUses", { params: { id } });

  it("follows calls both ways, around a circle too", async () => {
    await engineer.call("importPlaybooks", { body: { playbooks: [calling("top", "mid"), calling("mid", "leaf"), calling("leaf", "top"), calling("other", "mid")] } });
    const { graph, calledBy } = await uses("mid");
    expect(calledBy.map(({ id }) => id).sort()).toEqual(["other", "top"]);
    expect(Object.fromEntries(graph.nodes.map(({ id, distance }) => [id, distance]))).toEqual({ mid: 0, leaf: 1, top: 2, other: -1 });
    expect(graph.edges).toContainEqual({ from: "leaf", to: "top" });
    expect((await uses("near")).graph.nodes.find(({ id }) => id === "nowhere")).toMatchObject({ there: false, distance: 1 });
    expect(await engineer.refused("getUses", { params: { id: "no-such" } })).toMatchObject({ status: 404 });
  });

  it("forgets a playbook that was deleted", async () => {
    await engineer.call("deletePlaybook", { params: { id: "other" } });
    expect((await uses("mid")).calledBy.map(({ id }) => id)).toEqual(["top"]);
  });

  it("tells how the last runs fared, of those that the viewer may know of", async () => {
    await publish(engineer, calling("plain"));
    for (let count = 0; count < 3; count += 1) await engineer.call("startRun", { body: { playbook: "plain" } });
    await vi.waitFor(async () => expect((await uses("plain")).health).toMatchObject({ runs: 3, succeeded: 3, failed: 0 }), 20_000);
  });
});

describe("the library's list", () => {
  it("is filtered by an action, or by an integration's actions", async () => {
    await engineer.call("createPlaybook", { body: askingPlaybook("acting") });
    const found = async (action: string) => (await engineer.call<{ items: { id: string }[] }>("listPlaybooks", { query: { action } })).items.map(({ id }) => id);
    expect(await found("cases.add-note")).toEqual(["acting"]);
    expect(await found("cases")).toEqual(["acting"]);
    expect(await found("acme")).toEqual(["far"]);
    expect(await found("case")).toEqual([]);
  });
});

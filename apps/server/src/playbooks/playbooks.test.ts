import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askingPlaybook } from "../testing/documents.ts";
import { publish } from "../testing/publish.ts";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

interface Draft {
  readonly etag: string;
  readonly live: number | null;
  readonly base: number | null;
  readonly draft: boolean;
  readonly playbook: { readonly name: string };
}
interface List {
  readonly items: { readonly id: string; readonly shipped: boolean; readonly live: number; readonly findings: { readonly errors: number } }[];
  readonly next: string | null;
  readonly total: number;
  readonly tags: { readonly tag: string; readonly count: number }[];
}

let server: TestServer;
let engineer: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  engineer = await server.as("erik");
});
afterAll(() => server.close());

describe("importing a document", () => {
  const good = askingPlaybook("imported");
  it.each([
    ["an unknown schema version", { ...good, schemaVersion: 99 }, "unknown-schema-version", "/schemaVersion"],
    ["an unknown step kind", { ...good, steps: { ...good.steps, note: { kind: "teleport", name: "x" } } }, "unknown-step-kind", "/steps/note/kind"],
    ["a field that is not known", { ...good, surprise: 1 }, "invalid-document", "/surprise"],
    ["a list", [], "invalid-document", ""],
    ["a key that reaches a prototype", `{"schemaVersion":1,"id":"x","__proto__":{}}`, "invalid-document", "/__proto__"],
  ])("refuses %s with a code and a pointer, and stores nothing", async (_what, body, code, pointer) => {
    expect(await engineer.refused("createPlaybook", { body })).toMatchObject({ status: 422, code, pointer });
    expect((await engineer.call<List>("listPlaybooks")).total).toBe(0);
  });

  it("refuses an id that is taken", async () => {
    await engineer.call("createPlaybook", { body: askingPlaybook("taken") });
    expect(await engineer.refused("createPlaybook", { body: askingPlaybook("taken") })).toMatchObject({ status: 409, code: "already-exists", pointer: "/id" });
  });
});

describe("a draft", () => {
  it("is saved only over what was read", async () => {
    const first = await engineer.call<Draft>("createPlaybook", { body: askingPlaybook("drafted") });
    const renamed = { ...askingPlaybook("drafted"), name: "Renamed" };
    expect(await engineer.refused("saveDraft", { params: { id: "drafted" }, body: renamed })).toMatchObject({ status: 428, code: "version-required" });
    expect(await engineer.refused("saveDraft", { params: { id: "drafted" }, body: renamed, headers: { "if-match": '"old"' } })).toMatchObject({
      status: 412,
      code: "stale-version",
    });
    const answer = await engineer.send("saveDraft", { params: { id: "drafted" }, body: renamed, headers: { "if-match": first.etag } });
    const second = (await answer.json()) as Draft;
    expect(answer.headers.get("etag")).toBe(second.etag);
    expect(await engineer.refused("saveDraft", { params: { id: "drafted" }, body: renamed, headers: { "if-match": first.etag } })).toMatchObject({
      status: 412,
      code: "stale-version",
    });
    expect(await engineer.refused("saveDraft", { params: { id: "drafted" }, body: askingPlaybook("other"), headers: { "if-match": second.etag } })).toMatchObject({
      code: "invalid-document",
      pointer: "/id",
    });
    expect((await engineer.call<Draft>("getDraft", { params: { id: "drafted" } })).playbook.name).toBe("Renamed");
  });

  it("becomes an immutable version, and can be dropped for it", async () => {
    await publish(engineer, askingPlaybook("versioned"));
    const live = await engineer.call<Draft>("getDraft", { params: { id: "versioned" } });
    expect(live).toMatchObject({ live: 1, draft: false });
    const changed = await engineer.call<Draft>("saveDraft", {
      params: { id: "versioned" },
      body: { ...askingPlaybook("versioned"), name: "Two" },
      headers: { "if-match": live.etag },
    });
    const dropped = await engineer.call<Draft>("discardDraft", { params: { id: "versioned" }, headers: { "if-match": changed.etag } });
    expect([dropped.draft, dropped.playbook.name]).toEqual([false, "Asking"]);
    const again = await engineer.call<Draft>("saveDraft", {
      params: { id: "versioned" },
      body: { ...askingPlaybook("versioned"), name: "Two" },
      headers: { "if-match": dropped.etag },
    });
    expect(await engineer.call("publish", { params: { id: "versioned" }, body: { note: "second" }, headers: { "if-match": again.etag } })).toMatchObject({ version: 2, live: 2 });
    expect(await engineer.call("listVersions", { params: { id: "versioned" } })).toMatchObject({
      total: 2,
      items: [
        { version: 2, note: "second", size: { added: 0, removed: 0, changed: 1, moved: 0 } },
        { version: 1, size: null },
      ],
    });
    expect(await engineer.call("getVersion", { params: { id: "versioned", version: "1" } })).toMatchObject({ playbook: { name: "Asking" } });
  });

  it("is not published while a check finds an error, and the cycle is named", async () => {
    const cyclic = askingPlaybook("cyclic");
    const document = { ...cyclic, steps: { ...cyclic.steps, note: { ...cyclic.steps.note, next: ["approve"] } } };
    const { etag } = await engineer.call<Draft>("createPlaybook", { body: document });
    const refusal = await engineer.refused("publish", { params: { id: "cyclic" }, body: { note: "" }, headers: { "if-match": etag } });
    expect(refusal).toMatchObject({ status: 422, code: "has-errors" });
    expect(refusal.problems?.[0]?.pointer).toMatch(/^\/steps\//);
    expect(await engineer.call("getDraft", { params: { id: "cyclic" } })).toMatchObject({ live: null, etag });
    expect(await engineer.refused("startRun", { body: { playbook: "cyclic" } })).toMatchObject({ status: 409, code: "not-published" });
  });
});

describe("drafts of several people", () => {
  const named = (id: string, name: string) => ({ ...askingPlaybook(id), name });
  const draftOf = (client: TestClient, id: string) => client.call<Draft>("getDraft", { params: { id } });
  const save = (client: TestClient, id: string, name: string, etag: string, query?: Record<string, string>) =>
    client.call<Draft>("saveDraft", { params: { id }, body: named(id, name), headers: { "if-match": etag }, ...(query ? { query } : {}) });
  const publishDraft = (id: string, etag: string) => ({ params: { id }, body: { note: "" }, headers: { "if-match": etag } });

  it("are each their own once there is a version, and who publishes second is told of the first", async () => {
    const admin = await server.as("ada");
    await publish(engineer, askingPlaybook("both"));
    const { etag } = await draftOf(admin, "both");
    const eriks = await save(engineer, "both", "Erik's", etag);
    const adas = await save(admin, "both", "Ada's", etag);
    expect((await draftOf(engineer, "both")).playbook.name).toBe("Erik's");
    expect((await draftOf(await server.as("anna"), "both")).playbook.name).toBe("Asking");
    expect(await engineer.call("getPlaybook", { params: { id: "both" } })).toMatchObject({ name: "Asking", draft: true, draftBy: "erik@qrst.com" });
    expect(await admin.call("publish", publishDraft("both", adas.etag))).toMatchObject({ version: 2, draft: false });
    expect(await draftOf(engineer, "both")).toMatchObject({ live: 2, base: 1, draft: true, etag: eriks.etag, playbook: { name: "Erik's" } });
    expect(await engineer.refused("publish", publishDraft("both", eriks.etag))).toMatchObject({ status: 409, code: "published-meanwhile" });
    const merged = await save(engineer, "both", "Merged", eriks.etag, { base: "2" });
    expect(merged).toMatchObject({ base: 2, live: 2 });
    expect(await engineer.call("publish", publishDraft("both", merged.etag))).toMatchObject({ version: 3, playbook: { name: "Merged" } });
  });

  it("are made from the version that was read, also when another was published since", async () => {
    const admin = await server.as("ada");
    await publish(engineer, askingPlaybook("late"));
    const { etag } = await draftOf(admin, "late");
    await engineer.call("publish", publishDraft("late", (await save(engineer, "late", "Two", etag)).etag));
    expect(await admin.refused("publish", publishDraft("late", etag))).toMatchObject({ code: "published-meanwhile" });
    const adas = await save(admin, "late", "Ada's", etag);
    expect(adas).toMatchObject({ base: 1, live: 2, draft: true });
    expect(await admin.refused("saveDraft", { params: { id: "late" }, body: named("late", "x"), headers: { "if-match": etag } })).toMatchObject({ code: "stale-version" });
    expect(await admin.refused("saveDraft", { params: { id: "late" }, query: { base: "9" }, body: named("late", "x"), headers: { "if-match": adas.etag } })).toMatchObject({
      code: "not-found",
    });
    const back = await save(admin, "late", "Two", adas.etag, { base: "2" });
    expect(back).toMatchObject({ draft: false, base: 2, playbook: { name: "Two" } });
  });

  it("are one until there is a version, and nobody saves over another unawares", async () => {
    const admin = await server.as("ada");
    const { etag } = await engineer.call<Draft>("createPlaybook", { body: askingPlaybook("unpublished") });
    const second = await save(admin, "unpublished", "Ada's", etag);
    expect(await engineer.refused("saveDraft", { params: { id: "unpublished" }, body: named("unpublished", "x"), headers: { "if-match": etag } })).toMatchObject({
      code: "stale-version",
    });
    expect(await draftOf(engineer, "unpublished")).toMatchObject({ live: null, base: null, draft: true, etag: second.etag, updatedBy: "ada@qrst.com" });
  });

  it("stay when an earlier version is made the live one again", async () => {
    const admin = await server.as("ada");
    await publish(engineer, askingPlaybook("back"));
    const { etag } = await draftOf(engineer, "back");
    await engineer.call("publish", publishDraft("back", (await save(engineer, "back", "Two", etag)).etag));
    const adas = await save(admin, "back", "Ada's", '"v2"');
    const roll = (version: number, over: number) => ({ params: { id: "back" }, body: { version, over, note: "Back" } });
    expect(await engineer.refused("rollBack", roll(1, 1))).toMatchObject({ code: "published-meanwhile" });
    expect(await engineer.refused("rollBack", roll(2, 2))).toMatchObject({ code: "invalid-request" });
    expect(await engineer.refused("rollBack", roll(7, 2))).toMatchObject({ code: "not-found" });
    expect(await engineer.refused("rollBack", { params: { id: "back" }, body: { version: 1, over: 2, note: " " } })).toMatchObject({ status: 400, pointer: "/note" });
    expect(await engineer.call("rollBack", roll(1, 2))).toMatchObject({ version: 3, live: 3, playbook: { name: "Asking" } });
    expect(await engineer.call("listVersions", { params: { id: "back" } })).toMatchObject({
      total: 3,
      items: [{ version: 3, note: "Back", by: "erik@qrst.com" }, {}, { version: 1, size: null }],
    });
    expect(await draftOf(admin, "back")).toMatchObject({ live: 3, base: 2, etag: adas.etag, playbook: { name: "Ada's" } });
  });
});

describe("the library's list", () => {
  it("is searched by name, step and action, filtered by tag, and paged without loss", async () => {
    for (let number = 0; number < 7; number += 1) await engineer.call("createPlaybook", { body: { ...askingPlaybook(`paged-${number}`), name: "Paged", tags: ["paging"] } });
    const ids: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page: List = await engineer.call<List>("listPlaybooks", { query: { tag: "paging", limit: "3", ...(cursor ? { cursor } : {}) } });
      expect(page.total).toBe(7);
      ids.push(...page.items.map((item) => item.id));
      cursor = page.next;
    }
    expect(ids).toEqual(Array.from({ length: 7 }, (_, number) => `paged-${number}`));
    expect((await engineer.call<List>("listPlaybooks", { query: { search: "write it DOWN", tag: "paging" } })).total).toBe(7);
    expect((await engineer.call<List>("listPlaybooks", { query: { search: "cases.add-note", tag: "paging" } })).total).toBe(7);
    expect((await engineer.call<List>("listPlaybooks", { query: { search: "100%_" } })).total).toBe(0);
    expect((await engineer.call<List>("listPlaybooks")).tags).toContainEqual({ tag: "paging", count: 7 });
  });

  it("no longer holds what was deleted, and the id can be used again", async () => {
    await publish(engineer, askingPlaybook("deleted"));
    await engineer.call("deletePlaybook", { params: { id: "deleted" } });
    expect(await engineer.refused("getPlaybook", { params: { id: "deleted" } })).toMatchObject({ status: 404 });
    expect(await engineer.call("createPlaybook", { body: askingPlaybook("deleted") })).toMatchObject({ live: null });
  });
});

describe("a shipped playbook", () => {
  it("is installed once, replaced when it ships anew, and never over a person's own", async () => {
    const own = await startTestServer();
    const ship = async (name: string) => {
      await mkdir(join(own.home, "library/shipped"), { recursive: true });
      await writeFile(join(own.home, "library/shipped/playbook.json"), JSON.stringify({ ...askingPlaybook("shipped"), name }));
      await own.restart();
      return (await own.as("erik")).call<Draft>("getDraft", { params: { id: "shipped" } });
    };
    try {
      expect(await ship("One")).toMatchObject({ live: 1, playbook: { name: "One" } });
      expect(await ship("One")).toMatchObject({ live: 1 });
      const two = await ship("Two");
      expect(two).toMatchObject({ live: 2, playbook: { name: "Two" } });
      const person = await own.as("erik");
      const mine = await person.call<Draft>("saveDraft", { params: { id: "shipped" }, body: { ...askingPlaybook("shipped"), name: "Ours" }, headers: { "if-match": two.etag } });
      expect(await ship("Three")).toMatchObject({ live: 3, base: 2, draft: true, playbook: { name: "Ours" } });
      const again = await own.as("erik");
      expect(await again.refused("publish", { params: { id: "shipped" }, body: { note: "" }, headers: { "if-match": mine.etag } })).toMatchObject({ code: "published-meanwhile" });
      const merged = await again.call<Draft>("saveDraft", { params: { id: "shipped" }, query: { base: "3" }, body: mine.playbook, headers: { "if-match": mine.etag } });
      await again.call("publish", { params: { id: "shipped" }, body: { note: "ours" }, headers: { "if-match": merged.etag } });
      expect(await ship("Four")).toMatchObject({ live: 4, playbook: { name: "Ours" } });
      expect(await (await own.as("erik")).call("getPlaybook", { params: { id: "shipped" } })).toMatchObject({ shipped: false });
    } finally {
      await own.close();
    }
  });
});

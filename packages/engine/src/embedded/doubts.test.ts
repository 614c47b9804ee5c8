import { stepOf, type TraceEvent } from "@drawbridge/interpreter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineOnDisk } from "../testing/engine-on-disk.ts";
import { playbookOf } from "../testing/playbook-of.ts";
import { callerOf, type Service, startService } from "../testing/service.ts";

const retry = { retry: { attempts: 3, delay: "PT0.01S" } };
const slow = (name: string, path: string, more: object = {}) => ({ kind: "action", action: `test.${name}`, with: { path }, timeout: "PT0.03S", ...retry, ...more });
const lost = (name: string, more: object = {}) => ({ kind: "action", action: `test.${name}`, with: { path: "/lost" }, ...retry, ...more });

const playbooks = [
  playbookOf("slow-change", ["go"], { go: slow("change", "/slow-change") }),
  playbookOf("slow-skip", ["go"], { go: slow("change", "/slow-skip", { onDoubt: "skip" }) }),
  playbookOf("slow-read", ["go"], { go: slow("read", "/slow-read") }),
  playbookOf("queued", ["go"], { go: slow("change", "/queued", { connection: "narrow", retry: undefined }) }),
  playbookOf("holder", ["go"], { go: { kind: "action", action: "test.read", with: { path: "/holder" }, connection: "narrow" } }),
  playbookOf("lost-change", ["go"], { go: lost("change") }),
  playbookOf("lost-repeat", ["go"], { go: lost("repeat") }),
  playbookOf("lost-skip", ["go"], { go: lost("change", { onDoubt: "skip" }) }),
];

let service: Service;
let on: EngineOnDisk;

beforeAll(async () => {
  service = await startService();
  on = new EngineOnDisk(callerOf(service.url), playbooks, { callsPerConnection: 1 });
  await on.open();
});
afterAll(async () => {
  await on.remove();
  await service.close();
});

const sentTo = (path: string) => service.requests.filter((each) => each.path === path);
const inDoubt = (event: TraceEvent): boolean => event.type === "step-in-doubt";
const doubtRow = (run: string) => on.database.kysely.selectFrom("doubts").selectAll().where("run_id", "=", run).executeTakeFirst();

async function stepStatus(run: string): Promise<string | undefined> {
  const state = await on.engine.run(run);
  return state ? stepOf(state, on.planOf(state.playbook.id), "go").status : undefined;
}

describe("a changing call that runs out of time", () => {
  it("is in doubt and sent once, and its answer still counts when it comes", async () => {
    service.hold("/slow-change");
    const run = await on.start("slow-change");
    await on.seen(run, inDoubt);
    expect(await doubtRow(run)).toMatchObject({ id: `${run}/go/1`, state: "open" });
    expect(await on.seen(run, (event) => event.type === "doubt-raised")).toMatchObject({ error: { code: "timed-out" } });
    service.release("/slow-change");
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded" });
    expect(sentTo("/slow-change")).toHaveLength(1);
    expect(await doubtRow(run)).toMatchObject({ state: "decided", decided_by: null });
    expect(await on.folded(run)).toEqual(await on.engine.run(run));
  });

  it("stays in doubt over a restart, and is not sent again", async () => {
    service.hold("/slow-change");
    const before = sentTo("/slow-change").length;
    const run = await on.start("slow-change");
    await on.seen(run, inDoubt);
    await on.reopen();
    service.release("/slow-change");
    expect(await stepStatus(run)).toBe("in-doubt");
    await on.engine.decideDoubt(run, `${run}/go/1`, "done", { by: "hand" }, "ana");
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded" });
    expect(sentTo("/slow-change")).toHaveLength(before + 1);
  });

  it("is decided beforehand by the step", async () => {
    service.hold("/slow-skip");
    expect(await on.finish("slow-skip")).toMatchObject({ status: "succeeded" });
    expect(sentTo("/slow-skip")).toHaveLength(1);
    service.release("/slow-skip");
  });

  it("has failed when it was certainly not sent", async () => {
    service.hold("/holder");
    const holder = await on.start("holder");
    await service.asked("/holder");
    expect(await on.finish("queued")).toMatchObject({ status: "failed", error: { code: "timed-out" } });
    expect(sentTo("/queued")).toEqual([]);
    service.release("/holder");
    await on.engine.ended(holder);
  });
});

it("a call that reads and runs out of time is made again", async () => {
  service.hold("/slow-read");
  expect(await on.finish("slow-read")).toMatchObject({ status: "failed", error: { code: "timed-out" } });
  expect(sentTo("/slow-read")).toHaveLength(3);
  service.release("/slow-read");
});

describe("a call whose answer never came", () => {
  it("is in doubt when it may not be sent twice", async () => {
    const run = await on.start("lost-change");
    await on.seen(run, inDoubt);
    expect(sentTo("/lost")).toHaveLength(1);
    expect(await stepStatus(run)).toBe("in-doubt");
    await on.engine.decideDoubt(run, `${run}/go/1`, "skip", undefined, "ana");
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded" });
  });

  it("has failed when it may be, and goes the way that the step decided otherwise", async () => {
    expect(await on.finish("lost-repeat")).toMatchObject({ status: "failed", error: { code: "unavailable" } });
    expect(await on.finish("lost-skip")).toMatchObject({ status: "succeeded" });
  });
});

import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const two = (id: string, name: "read" | "change" | "repeat") =>
  playbookOf(id, ["first"], { first: action(name, `/${id}/first`, ["second"]), second: action(name, `/${id}/second`, ["done"]), done: end("done") });
const narrow = { connection: "narrow" };
const playbooks = [
  two("reading", "read"),
  two("changing", "change"),
  two("repeating", "repeat"),
  playbookOf("busy", ["call"], { call: action("read", "/busy", [], narrow) }),
  playbookOf("behind", ["call"], { call: action("change", "/behind", [], narrow) }),
  playbookOf(
    "scripted",
    ["read"],
    { read: action("read", "/scripted", ["script"]), script: { kind: "script", source: "return 7" } },
    { outputs: [{ key: "n", value: "{{ steps.script.output }}" }] },
  ),
  playbookOf(
    "many",
    ["each"],
    {
      each: action("change", "/many", ["wait"], { forEach: { items: "{{ input.items }}", concurrency: 4 } }),
      wait: { kind: "wait", for: "PT0.01S", next: ["done"] },
      done: end("done"),
    },
    {
      inputs: [{ key: "items", type: "array" }],
    },
  ),
];

export function crashes(subject: ContractSubject): void {
  describe("a crash", () => {
    const stage = stageFor(subject, { playbooks, limits: { callsPerConnection: 1 } });
    const keys = (path: string) => stage.sentTo(path).map(({ key }) => key);

    it("before a call was marked as sent: it is sent once, without any doubt", async () => {
      stage.service.hold("/busy");
      const holders = await Promise.all(Array.from({ length: 20 }, () => stage.start("busy")));
      await stage.service.asked("/busy", stage.next().gauges.workers);
      const run = await stage.start("behind");
      await stage.seen(run, "attempt-started");
      await stage.crashAndOpen();
      stage.service.release("/busy");
      for (const each of [...holders, run]) expect(await stage.ended(each)).toMatchObject({ status: "succeeded" });
      expect(keys("/behind")).toEqual([`${run}/call/1`]);
      expect(await stage.entries(run, "doubt-raised")).toEqual([]);
    });

    it("after a changing call was sent: its mark was in the trace before, so it is in doubt", async () => {
      stage.service.hold("/changing/first");
      const run = await stage.start("changing");
      await stage.service.asked("/changing/first");
      expect((await stage.trace(run)).map(({ type }) => type)).toEqual(["run-started", "attempt-started", "effect-sent"]);
      await stage.crashAndOpen();
      const { effect } = await stage.seen(run, "step-in-doubt");
      stage.service.release("/changing/first");
      await stage.next().decideDoubt(run, effect, "done", null, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      expect(keys("/changing/first")).toEqual([effect]);
    });

    it("after a result was stored: what it was the result of is not sent again", async () => {
      stage.service.hold("/changing/second");
      const before = stage.sentTo("/changing/first").length;
      const sentBefore = stage.sentTo("/changing/second").length;
      const run = await stage.start("changing");
      await stage.service.asked("/changing/second", sentBefore + 1);
      await stage.crashAndOpen();
      stage.service.release("/changing/second");
      const { effect } = await stage.seen(run, "step-in-doubt");
      expect(effect).toBe(`${run}/second/1`);
      await stage.next().decideDoubt(run, effect, "skip", undefined, "ana");
      await stage.ended(run);
      expect(stage.sentTo("/changing/first")).toHaveLength(before + 1);
    });

    it.each(["reading", "repeating"])("after a call was sent that may be sent twice: it is sent again, under the same key (%s)", async (playbook) => {
      const path = `/${playbook}/first`;
      stage.service.hold(path);
      const run = await stage.start(playbook);
      await stage.service.asked(path);
      await stage.crashAndOpen();
      await stage.service.asked(path, 2);
      stage.service.release(path);
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      expect(keys(path)).toEqual([`${run}/first/1`, `${run}/first/1`]);
      expect(keys(`/${playbook}/second`)).toEqual([`${run}/second/1`]);
    });

    it("while a script runs, or before it does: it runs to its end", async () => {
      const run = await stage.start("scripted");
      await stage.service.asked("/scripted");
      await stage.crashAndOpen();
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outputs: { n: 7 } });
    });

    it("again and again, under many runs: each ends, nothing is sent twice without a decision", async () => {
      const items = Array.from({ length: 5 }, (_, index) => index);
      const runs: string[] = [];
      for (let round = 0; round < 3; round += 1) {
        const sent = stage.sentTo("/many").length;
        for (let index = 0; index < 4; index += 1) runs.push(await stage.start("many", { items }));
        await stage.service.asked("/many", sent + 6);
        await stage.crashAndOpen();
      }
      const decide = (run: string, effect: string): void =>
        void stage
          .next()
          .decideDoubt(run, effect, "done", "by hand", "ana")
          .catch(() => undefined);
      const stop = stage.next().subscribe((run, events) => {
        for (const event of events) if (event.type === "step-in-doubt") decide(run, event.effect);
      });
      const open = await stage.world.store.selectFrom("doubts").select(["id", "run_id"]).where("state", "=", "open").where("run_id", "in", runs).execute();
      for (const { id, run_id: run } of open) decide(run, id);
      for (const run of runs) {
        expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outcome: "done" });
        expect((await stage.trace(run)).map(({ seq }) => seq)).toEqual((await stage.trace(run)).map((_, index) => index + 1));
      }
      stop();
      expect(new Set(keys("/many")).size).toBe(keys("/many").length);
    });
  });
}

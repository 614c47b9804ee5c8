import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const each = (path: string, concurrency: number, more: object = {}) =>
  action("read", path, ["done"], { with: { path, item: "{{ item }}", index: "{{ index }}" }, forEach: { items: "{{ input.items }}", concurrency, ...more } });
const list = { inputs: [{ key: "items", type: "any" }] };
const until = { ">=": [{ var: "output.nth" }, 3] };
const playbooks = [
  playbookOf("two-at-once", ["each"], { each: each("/two", 2), done: end("done") }, list),
  playbookOf("in-order", ["each"], { each: each("/in-order", 5), done: end("done") }, list),
  playbookOf("fails", ["each"], { each: each("/one-fails", 1), done: end("done") }, list),
  playbookOf("continues", ["each"], { each: each("/one-misses", 1, { onItemError: "continue" }), done: end("done") }, list),
  playbookOf("crashes", ["each"], { each: each("/crashes", 3), done: end("done") }, list),
  playbookOf("other", ["call"], { call: action("read", "/other", [], { connection: "other" }) }),
  playbookOf("polls", ["poll"], { poll: action("read", "/poll", [], { repeat: { until, every: "PT0.02S", max: 5 } }) }),
  playbookOf("polls-in-vain", ["poll"], { poll: action("read", "/in-vain", [], { repeat: { until: false, every: "PT0.01S", max: 3 } }) }),
];

export function items(subject: ContractSubject): void {
  describe("a for-each", () => {
    const stage = stageFor(subject, { playbooks });
    const sent = (path: string) => stage.sentTo(path).map(({ body }) => (body as { readonly item: number }).item);

    it("gives its outputs in the order of its items, whichever comes first", async () => {
      const items = ["a", "b", "c", "d", "e"];
      const run = await stage.finish("in-order", { items });
      expect((await stage.step(run.id, "each")).output).toMatchObject(items.map((item, index) => ({ echo: { item, index } })));
    });

    it("keeps to its concurrency", async () => {
      stage.service.hold("/two");
      const run = await stage.start("two-at-once", { items: [1, 2, 3, 4] });
      await stage.service.asked("/two", 2);
      await stage.finish("other");
      expect(sent("/two").sort()).toEqual([1, 2]);
      stage.service.release("/two");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      expect(sent("/two").sort()).toEqual([1, 2, 3, 4]);
    });

    it("goes over nothing, and fails over what is no list", async () => {
      expect(await stage.finish("in-order", { items: [] })).toMatchObject({ status: "succeeded", outcome: "done" });
      expect(await stage.finish("in-order", { items: "abc" })).toMatchObject({ status: "failed", error: { code: "for-each-not-a-list" } });
    });

    it("fails with its first item, or goes on and says which failed", async () => {
      stage.service.refuse("/one-fails", [200, 400]);
      expect(await stage.finish("fails", { items: [1, 2, 3] })).toMatchObject({ status: "failed", error: { code: "for-each-items-failed" } });
      expect(sent("/one-fails")).toEqual([1, 2]);
      stage.service.refuse("/one-misses", [200, 400]);
      const run = await stage.finish("continues", { items: [1, 2, 3] });
      expect(run).toMatchObject({ status: "succeeded", outcome: "done" });
      expect(await stage.step(run.id, "each")).toMatchObject({
        status: "succeeded",
        output: [{ nth: 1 }, null, { nth: 3 }],
        error: { code: "for-each-items-failed", details: { failed: [{ index: 1, code: "unavailable" }] } },
        items: { total: 3, succeeded: 2, failed: 1 },
      });
    });

    it("goes on over a crash where it was", async () => {
      stage.service.hold("/crashes");
      const run = await stage.start("crashes", { items: [1, 2, 3, 4, 5, 6] });
      await stage.service.asked("/crashes", 3);
      await stage.crashAndOpen();
      stage.service.release("/crashes");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      expect([...new Set(sent("/crashes"))].sort()).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await stage.entries(run, "item-succeeded")).toHaveLength(6);
    });
  });

  describe("a step that polls", () => {
    const stage = stageFor(subject, { playbooks });

    it("asks again until it has what it wants", async () => {
      const run = await stage.finish("polls");
      expect(await stage.step(run.id, "poll")).toMatchObject({ status: "succeeded", output: { nth: 3 } });
      expect((await stage.entries(run.id, "poll-scheduled")).map(({ poll, nextAt, at }) => [poll, nextAt - at])).toEqual([
        [1, 20],
        [2, 20],
      ]);
    });

    it("fails when it has asked often enough", async () => {
      expect(await stage.finish("polls-in-vain")).toMatchObject({ status: "failed", error: { code: "repeat-exhausted" } });
      expect(stage.sentTo("/in-vain")).toHaveLength(3);
    });
  });
}

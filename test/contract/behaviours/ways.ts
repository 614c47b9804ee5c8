import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const set = (next: readonly string[] = [], more: object = {}) => ({ kind: "set", values: { n: 1 }, next, ...more });

const playbooks = [
  playbookOf(
    "kinds",
    ["heading"],
    {
      heading: { kind: "section", next: ["read"] },
      read: action("read", "/read", ["remember"]),
      remember: { kind: "set", values: { seen: "{{ steps.read.output.path }}" }, next: ["check"] },
      check: { kind: "condition", branches: [{ label: "yes", when: { "==": [{ var: "vars.seen" }, "/read"] }, next: ["compute"] }], otherwise: { next: ["wrong"] } },
      compute: { kind: "script", source: "return { doubled: input.n * 2 }", with: { n: "{{ input.n }}" }, next: ["pause"] },
      pause: { kind: "wait", for: "PT0.02S", next: ["sub"] },
      sub: { kind: "call", playbook: "triple", with: { n: "{{ steps.compute.output.doubled }}" }, next: ["each"] },
      each: action("read", "/each", ["done"], { forEach: { items: [1, 2, 3], concurrency: 2 } }),
      done: end("all done"),
      wrong: end("wrong", { result: "failed" }),
    },
    { inputs: [{ key: "n", type: "number", required: true }], outputs: [{ key: "result", value: "{{ steps.sub.output.tripled }}" }] },
  ),
  playbookOf(
    "triple",
    ["script"],
    { script: { kind: "script", source: "return input.n * 3", with: { n: "{{ input.n }}" } } },
    { inputs: [{ key: "n", type: "number" }], outputs: [{ key: "tripled", value: "{{ steps.script.output }}" }] },
  ),
  playbookOf("join", ["first"], {
    first: action("read", "/first", ["left", "right"]),
    left: action("read", "/left", ["both"]),
    right: action("read", "/right", ["both"]),
    both: action("read", "/both"),
  }),
  playbookOf(
    "branches",
    ["check"],
    {
      check: { kind: "condition", branches: [{ label: "executive", when: { "==": [{ var: "input.role" }, "executive"] }, next: ["child"] }], otherwise: { next: ["locate"] } },
      child: set(["assign"]),
      assign: set(["report"]),
      locate: set(["report"]),
      report: end("reported"),
    },
    { inputs: [{ key: "role", type: "string" }] },
  ),
  playbookOf("any", ["slow", "quick"], {
    slow: action("read", "/slow", ["first"]),
    quick: action("read", "/quick", ["first"]),
    first: action("read", "/arrived", [], { join: "any" }),
  }),
  playbookOf("handled", ["refused"], {
    refused: action("read", "/fail", ["fine"], { onError: { next: ["sorry"] } }),
    fine: end("fine"),
    sorry: end("sorry"),
  }),
  playbookOf("fails", ["refused", "other"], { refused: action("read", "/fail", ["after"]), other: { kind: "wait", signal: "never" }, after: set() }),
  playbookOf("terminates", ["refused", "other"], {
    refused: action("read", "/look", ["over"]),
    other: { kind: "wait", signal: "never" },
    over: end("enough", { terminate: true }),
  }),
  playbookOf("ends-as-failed", ["over"], { over: end("unresolved", { result: "failed" }) }),
  playbookOf("script-throws", ["script"], { script: { kind: "script", source: "throw new Error('no such field')", onError: { next: ["sorry"] } }, sorry: end("sorry") }),
];

export function ways(subject: ContractSubject): void {
  describe("the ways of a run", () => {
    const stage = stageFor(subject, { playbooks });

    it("go through every kind of step, and the stored trace folds to the run's state", async () => {
      const run = await stage.finish("kinds", { n: 7 });
      expect(run).toMatchObject({ status: "succeeded", outcome: "all done", outputs: { result: 42 } });
      expect(await stage.folded(run.id)).toEqual(await stage.run(run.id));
      expect(await stage.row(run.id)).toMatchObject({ status: "succeeded", outcome: "all done", last_seq: run.seq, error_code: null });
      expect(await stage.step(run.id, "check")).toMatchObject({ way: "branch:yes", explained: expect.anything() as unknown });
      expect(await stage.step(run.id, "wrong")).toMatchObject({ status: "skipped", because: { step: "check", way: "otherwise" } });
    });

    it("run side by side, and meet once", async () => {
      stage.service.hold("/left");
      const run = await stage.start("join");
      await stage.service.asked("/right");
      await stage.service.asked("/left");
      expect(stage.sentTo("/both")).toEqual([]);
      stage.service.release("/left");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      expect(stage.sentTo("/both").map(({ key }) => key)).toEqual([`${run}/both/1`]);
    });

    it.each([
      ["executive", ["locate"]],
      ["engineer", ["child", "assign"]],
    ] as const)("that are not taken do not hold up a join (%s)", async (role, skipped) => {
      const run = await stage.finish("branches", { role });
      expect(run).toMatchObject({ status: "succeeded", outcome: "reported" });
      expect((await stage.entries(run.id, "step-skipped")).map(({ step }) => step)).toEqual(skipped);
      expect(await stage.step(run.id, skipped[0])).toMatchObject({ because: { step: "check", way: role === "executive" ? "otherwise" : "branch:executive" } });
    });

    it("go on at the first arrival where the step says so, and not again at the second", async () => {
      stage.service.hold("/slow");
      const run = await stage.start("any");
      await stage.service.asked("/arrived");
      stage.service.release("/slow");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      expect(stage.sentTo("/arrived")).toHaveLength(1);
    });

    it("lead elsewhere after a failure that the playbook handles", async () => {
      const run = await stage.finish("handled");
      expect(run).toMatchObject({ status: "succeeded", outcome: "sorry", error: null });
      expect(await stage.step(run.id, "refused")).toMatchObject({ status: "failed", way: "error", error: { code: "unavailable" } });
      expect(await stage.step(run.id, "fine")).toMatchObject({ status: "skipped" });
      expect(await stage.finish("script-throws")).toMatchObject({ status: "succeeded", outcome: "sorry" });
    });

    it("end where a step fails, and what is under way elsewhere is cancelled", async () => {
      const run = await stage.finish("fails");
      expect(run).toMatchObject({ status: "failed", error: { code: "unavailable" } });
      expect(await stage.step(run.id, "other")).toMatchObject({ status: "cancelled" });
      expect(await stage.step(run.id, "after")).toMatchObject({ status: "waiting" });
      expect(await stage.row(run.id)).toMatchObject({ status: "failed", error_code: "unavailable", failed_step: "refused" });
    });

    it("all end with a step that ends the whole run", async () => {
      const run = await stage.finish("terminates");
      expect(run).toMatchObject({ status: "succeeded", outcome: "enough" });
      expect(await stage.step(run.id, "other")).toMatchObject({ status: "cancelled" });
      expect(await stage.finish("ends-as-failed")).toMatchObject({ status: "failed", outcome: "unresolved", error: { code: "ended-as-failed" } });
    });

    it("come out the same after a crash, and there was nothing to complain of before it", async () => {
      expect(stage.world.host.problems).toEqual([]);
      const run = await stage.finish("kinds", { n: 7 });
      await stage.crashAndOpen();
      expect(await stage.run(run.id)).toEqual(run);
    });
  });
}

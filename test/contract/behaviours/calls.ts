import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, approval, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const call = (playbook: string, more: object = {}) => ({ kind: "call", playbook, ...more });
const given = { inputs: [{ key: "n", type: "number" }] };
const playbooks = [
  playbookOf(
    "triple",
    ["script"],
    { script: { kind: "script", source: "return input.n * 3", with: { n: "{{ input.n }}" } } },
    { ...given, outputs: [{ key: "tripled", value: "{{ steps.script.output }}" }] },
  ),
  playbookOf(
    "caller",
    ["sub"],
    { sub: call("triple", { with: { n: "{{ input.n }}" }, next: ["done"] }), done: end("called") },
    { ...given, outputs: [{ key: "got", value: "{{ steps.sub.output.tripled }}" }] },
  ),
  playbookOf("calls-many", ["sub"], { sub: call("triple", { with: { n: "{{ item }}" }, forEach: { items: [1, 2, 3, 4], concurrency: 2 } }) }),
  playbookOf("no-case", ["sub"], { sub: call("triple", { with: { n: 1 }, case: null }) }),
  playbookOf("other-case", ["sub"], { sub: call("triple", { with: { n: 1 }, case: "CASE-9" }) }),
  playbookOf("refused", ["read"], { read: action("read", "/fail") }),
  playbookOf("calls-refused", ["sub"], { sub: call("refused", { next: ["fine"], onError: { next: ["sorry"] } }), fine: end("fine"), sorry: end("sorry") }),
  playbookOf("approval", ["ask"], { ask: approval(["done"], []), done: end("approved") }),
  playbookOf("calls-approval", ["sub"], { sub: call("approval", { next: ["done"] }), done: end("called") }),
  playbookOf("limited", ["sub"], { sub: call("approval", { timeout: "PT1H" }) }),
  playbookOf("detaches", ["sub"], { sub: call("approval", { detached: true, next: ["done"] }), done: end("went on") }),
  playbookOf("changes", ["change"], { change: action("change", "/changes") }),
  playbookOf("calls-changes", ["sub"], { sub: call("changes", { next: ["done"] }), done: end("called") }),
  playbookOf("itself", ["sub"], { sub: call("itself") }),
  playbookOf("nobody", ["sub"], { sub: call("nowhere") }),
  playbookOf("badly", ["sub"], { sub: call("triple", { with: { n: "seven" } }) }),
];

export function calls(subject: ContractSubject): void {
  describe("a called playbook", () => {
    const stage = stageFor(subject, { playbooks, limits: { callDepth: 5 } });
    /** The run called by `run`, waiting for an answer. */
    const asking = async (run: string): Promise<{ readonly called: string; readonly ask: string }> => {
      const { run: called } = await stage.seen(run, "child-started");
      return { called, ask: (await stage.seen(called, "ask-opened")).effect };
    };

    it("is a run of its own, linked both ways, whose outputs are the step's", async () => {
      const { run } = await stage.next().start({ playbook: "caller", input: { n: 14 }, trigger: { kind: "manual" }, case: "CASE-1" });
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outcome: "called", outputs: { got: 42 } });
      const [row, ...others] = await stage.calledBy(run);
      expect(others).toEqual([]);
      expect(row).toMatchObject({ playbook_id: "triple", parent_step: "sub", case_id: "CASE-1", trigger_kind: "call" });
      expect(await stage.run(row?.id ?? "")).toMatchObject({ trigger: { kind: "call", parent: { run, step: "sub" } }, input: { n: 14 }, outputs: { tripled: 42 } });
      expect(await stage.step(run, "sub")).toMatchObject({ children: [row?.id], output: { tripled: 42, run: row?.id } });
    });

    it("works on the caller's case unless told otherwise", async () => {
      for (const [playbook, expected] of [
        ["no-case", null],
        ["other-case", "CASE-9"],
      ] as const) {
        const { run } = await stage.next().start({ playbook, input: {}, trigger: { kind: "manual" }, case: "CASE-1" });
        await stage.ended(run);
        expect((await stage.calledBy(run)).map((row) => row.case_id)).toEqual([expected]);
      }
    });

    it("is called once for each item", async () => {
      const run = await stage.finish("calls-many");
      expect(run.status).toBe("succeeded");
      const called = await stage.calledBy(run.id);
      expect(called).toHaveLength(4);
      expect(await stage.step(run.id, "sub")).toMatchObject({ output: [3, 6, 9, 12].map((tripled) => ({ tripled })) });
    });

    it("fails the step of its caller, which may handle it", async () => {
      const run = await stage.finish("calls-refused");
      expect(run).toMatchObject({ status: "succeeded", outcome: "sorry" });
      const [called] = await stage.calledBy(run.id);
      expect(await stage.step(run.id, "sub")).toMatchObject({ error: { code: "child-run-failed", details: { run: called?.id, error: { code: "unavailable" } } } });
    });

    it("fails the step of its caller when it is cancelled", async () => {
      const run = await stage.start("calls-approval");
      const { called } = await asking(run);
      await stage.next().cancel(called, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "failed", error: { code: "child-run-cancelled" } });
    });

    it("is cancelled with its caller", async () => {
      const run = await stage.start("calls-approval");
      const { called } = await asking(run);
      await stage.next().cancel(run, "ana", "duplicate");
      expect(await stage.ended(called)).toMatchObject({ status: "cancelled" });
    });

    it("goes on by itself when it is detached", async () => {
      const run = await stage.finish("detaches");
      expect(run).toMatchObject({ status: "succeeded", outcome: "went on" });
      const { called, ask } = await asking(run.id);
      await stage.crashAndOpen();
      await stage.next().answer(ask, "yes", {}, "ana");
      expect(await stage.ended(called)).toMatchObject({ status: "succeeded", outcome: "approved" });
    });

    it("tells its caller its end over a crash", async () => {
      const run = await stage.start("calls-approval");
      const { called, ask } = await asking(run);
      await stage.crashAndOpen();
      await stage.next().answer(ask, "yes", {}, "ana");
      await stage.crashAndOpen();
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outcome: "called" });
      expect((await stage.calledBy(run)).map(({ id }) => id)).toEqual([called]);
      expect(await stage.entries(run, "child-ended")).toHaveLength(1);
    });

    it("in doubt after a crash holds up its caller until a person decides", async () => {
      stage.service.hold("/changes");
      const run = await stage.start("calls-changes");
      await stage.service.asked("/changes");
      await stage.crashAndOpen();
      stage.service.release("/changes");
      const [called] = await stage.calledBy(run);
      const { effect } = await stage.seen(called?.id ?? "", "step-in-doubt");
      expect(await stage.run(run)).toMatchObject({ status: "running" });
      await stage.next().decideDoubt(called?.id ?? "", effect, "done", null, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outcome: "called" });
      expect(stage.sentTo("/changes")).toHaveLength(1);
    });

    it("ends in a clear state when it calls itself, is not there, or is called badly", async () => {
      const deep = await stage.finish("itself");
      expect(deep).toMatchObject({ status: "failed", error: { code: "child-run-failed" } });
      const all = await stage.world.store.selectFrom("runs").select(["status", "error_code"]).where("playbook_id", "=", "itself").execute();
      expect(all.map(({ error_code }) => error_code).sort()).toEqual(["call-too-deep", ...Array.from({ length: 5 }, () => "child-run-failed")]);
      expect(await stage.finish("nobody")).toMatchObject({ status: "failed", error: { code: "unknown-playbook" } });
      expect(await stage.finish("badly")).toMatchObject({ status: "failed", error: { code: "invalid-input", details: { pointer: "/n" } } });
    });
  });

  describe("a called playbook that takes too long", () => {
    const stage = stageFor(subject, { playbooks });

    it("is cancelled when its caller waits no longer", async () => {
      const limited = await stage.start("limited");
      const { run: late } = await stage.seen(limited, "child-started");
      await stage.seen(late, "ask-opened");
      await stage.world.jump(2 * 3_600_000);
      expect(await stage.ended(limited)).toMatchObject({ status: "failed", error: { code: "timed-out" } });
      expect(await stage.ended(late)).toMatchObject({ status: "cancelled" });
    });
  });
}

import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, approval, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const playbooks = [
  playbookOf("quick", ["set"], { set: { kind: "set", values: { n: 1 } } }),
  playbookOf("look", ["read"], { read: action("read", "/look") }),
  playbookOf(
    "typed",
    ["set"],
    { set: { kind: "set", values: { n: "{{ input.n }}", size: "{{ input.size }}" } } },
    {
      inputs: [
        { key: "n", type: "number", required: true },
        { key: "size", type: "string", default: "small" },
      ],
    },
  ),
  playbookOf("versions", ["ask"], { ask: approval(["done"], []), done: end("one") }),
];

export function starting(subject: ContractSubject): void {
  describe("a start", () => {
    const stage = stageFor(subject, { playbooks });
    const ids = async () => (await stage.world.store.selectFrom("runs").select("id").orderBy("id").execute()).map(({ id }) => id);

    it("is durable before it is answered", async () => {
      const run = await stage.start("look");
      await stage.crashAndOpen();
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
    });

    it("is refused when its input is wrong or its playbook unknown, and nothing is stored", async () => {
      const before = await ids();
      await expect(stage.start("typed", {})).rejects.toMatchObject({ code: "invalid-input", details: { pointer: "/n" } });
      await expect(stage.start("typed", { n: "seven" })).rejects.toMatchObject({ code: "invalid-input", details: { pointer: "/n" } });
      await expect(stage.start("typed", { n: 7, more: 1 })).rejects.toMatchObject({ code: "invalid-input", details: { pointer: "/more" } });
      await expect(stage.start("nowhere")).rejects.toMatchObject({ code: "unknown-playbook" });
      await expect(stage.start("quick", {}, { version: 7 })).rejects.toMatchObject({ code: "unknown-playbook" });
      expect(await ids()).toEqual(before);
    });

    it("fills in what the input leaves out", async () => {
      expect(await stage.finish("typed", { n: 7 })).toMatchObject({ vars: { n: 7, size: "small" } });
    });

    it("begins one run for one idempotency key: at once, in every process, and after a crash", async () => {
      const request = { playbook: "look", input: {}, trigger: { kind: "webhook" }, idempotencyKey: "alert-1" } as const;
      const { engines } = stage.world;
      const answers = await Promise.all([...engines, ...engines, ...engines].map((engine) => engine.start(request)));
      const [first] = answers;
      expect(answers.every(({ run }) => run === first?.run)).toBe(true);
      await stage.crashAndOpen();
      for (const engine of stage.world.engines) expect(await engine.start(request)).toEqual(first);
      await stage.ended(first?.run ?? "");
      expect(await stage.next().start(request)).toEqual(first);
      expect(
        new Set(
          stage
            .sentTo("/look")
            .filter(({ key }) => key.startsWith(`${first?.run}/`))
            .map(({ key }) => key),
        ).size,
      ).toBe(1);
    });

    it("begins a run of its own for every other key, and without one", async () => {
      const keyed = (key: string) => stage.start("quick", {}, { idempotencyKey: key });
      const runs = await Promise.all([keyed("one"), keyed("other"), stage.start("quick"), stage.start("quick")]);
      expect(new Set(runs).size).toBe(4);
    });

    it("is remembered with its trigger and its case", async () => {
      const { run } = await stage.next().start({ playbook: "quick", input: {}, trigger: { kind: "alert", by: "code42", source: "alert-7" }, case: "CASE-1" });
      expect(await stage.ended(run)).toMatchObject({ trigger: { kind: "alert", by: "code42", source: "alert-7" }, case: { id: "CASE-1", title: "Case CASE-1" } });
      expect(await stage.row(run)).toMatchObject({
        trigger_kind: "alert",
        trigger_by: "code42",
        case_id: "CASE-1",
        playbook_id: "quick",
        playbook_version: 1,
        status: "succeeded",
      });
    });

    it("keeps the version of the playbook that was live, whatever is published afterwards", async () => {
      const run = await stage.start("versions");
      const { effect } = await stage.seen(run, "ask-opened");
      stage.world.host.publish(playbookOf("versions", ["done"], { done: end("two") }));
      expect(await stage.finish("versions")).toMatchObject({ outcome: "two", playbook: { id: "versions", version: 2 } });
      await stage.crashAndOpen();
      await stage.next().answer(effect, "yes", {}, "ana");
      expect(await stage.ended(run)).toMatchObject({ outcome: "one", playbook: { id: "versions", version: 1 } });
      const older = await stage.start("versions", {}, { version: 1 });
      expect(await stage.run(older)).toMatchObject({ playbook: { version: 1 } });
    });
  });
}

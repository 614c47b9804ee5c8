import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, approval, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const fields = [
  { key: "why", label: "Why", type: "text", required: true },
  { key: "hours", label: "For how many hours", type: "number" },
];
const playbooks = [
  playbookOf(
    "approval",
    ["ask"],
    { ask: approval(["change"], [], { fields, to: { people: ["{{ input.who }}"] } }), change: action("change", "/approved", ["done"]), done: end("isolated") },
    { inputs: [{ key: "who", type: "string", default: "ana@qrst.com" }], outputs: [{ key: "why", value: "{{ steps.ask.output.values.why }}" }] },
  ),
];

export function asks(subject: ContractSubject): void {
  describe("an ask", () => {
    const stage = stageFor(subject, { playbooks });
    const ask = async (run: string): Promise<string> => (await stage.seen(run, "ask-opened")).effect;
    const rowOf = (id: string) => stage.world.store.selectFrom("asks").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

    it("is open for everybody to see, with its templates filled in", async () => {
      const run = await stage.start("approval", { who: "ben@qrst.com" });
      const id = await ask(run);
      expect(await rowOf(id)).toMatchObject({ run_id: run, step: "ask", state: "open" });
      expect(await stage.step(run, "ask")).toMatchObject({ status: "asking", ask: { to: { people: ["ben@qrst.com"] }, fields: [{ key: "why" }, { key: "hours" }] } });
    });

    it("stays open over a crash, takes the answer, and goes its way", async () => {
      const run = await stage.start("approval");
      const id = await ask(run);
      await stage.crashAndOpen();
      await stage.next().answer(id, "yes", { why: "sure", hours: 4 }, "ana");
      expect(await stage.ended(run)).toMatchObject({ outcome: "isolated", outputs: { why: "sure" } });
      expect(await stage.step(run, "ask")).toMatchObject({ way: "branch:yes", output: { answer: "yes", by: "ana", values: { why: "sure", hours: 4 } } });
      expect(await rowOf(id)).toMatchObject({ state: "answered", answer: "yes", answered_by: "ana" });
    });

    it("refuses an answer that it does not have, and leaves everything as it was", async () => {
      const run = await stage.start("approval");
      const id = await ask(run);
      const before = await stage.trace(run);
      const refused = (answer: string, values: Parameters<ReturnType<typeof stage.next>["answer"]>[2]) => expect(stage.next().answer(id, answer, values, "ana")).rejects;
      await refused("maybe", {}).toMatchObject({ code: "invalid-answer", details: { problem: "unknown-answer", pointer: "/answer" } });
      await refused("yes", {}).toMatchObject({ code: "invalid-answer", details: { problem: "missing-field", pointer: "/values/why" } });
      await refused("yes", { why: "sure", hours: "four" }).toMatchObject({ code: "invalid-answer", details: { problem: "invalid-field", pointer: "/values/hours" } });
      await refused("yes", { why: "sure", more: 1 }).toMatchObject({ code: "invalid-answer", details: { problem: "unknown-field", pointer: "/values/more" } });
      expect(await stage.trace(run)).toEqual(before);
    });

    it("takes one answer, whoever is first", async () => {
      const run = await stage.start("approval");
      const id = await ask(run);
      const answers = await Promise.allSettled(["ana", "ben", "cat", "dan"].map((by) => stage.next().answer(id, by === "ana" ? "yes" : "no", { why: by }, by)));
      expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const each of answers) if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "ask-closed" });
      await stage.ended(run);
      expect(await stage.entries(run, "ask-answered")).toHaveLength(1);
      await expect(stage.next().answer(id, "yes", { why: "later" }, "eve")).rejects.toMatchObject({ code: "ask-closed" });
      await stage.crashAndOpen();
      await expect(stage.next().answer(id, "yes", { why: "later" }, "eve")).rejects.toMatchObject({ code: "ask-closed" });
    });

    it("closes with its run, and one that never was is closed", async () => {
      const run = await stage.start("approval");
      const id = await ask(run);
      await stage.next().cancel(run, "ana");
      expect(await rowOf(id)).toMatchObject({ state: "cancelled" });
      await expect(stage.next().answer(id, "yes", { why: "late" }, "ana")).rejects.toMatchObject({ code: "ask-closed" });
      await expect(stage.next().answer("r0/ask/1", "yes", { why: "late" }, "ana")).rejects.toMatchObject({ code: "ask-closed" });
    });
  });
}

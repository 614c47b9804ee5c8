import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const retry = { retry: { attempts: 3, delay: "PT0.01S" } };
const change = (path: string, more: object = {}) => ({ change: action("change", path, ["note"], more), note: { kind: "set", values: { got: "{{ steps.change.output }}" } } });
const playbooks = [
  playbookOf("change", ["change"], change("/change")),
  playbookOf("again", ["change"], change("/again", { onDoubt: "retry" })),
  playbookOf("skipped", ["change"], change("/skipped", { onDoubt: "skip" })),
  playbookOf("slow", ["change"], change("/slow", { timeout: "PT0.05S", ...retry })),
  playbookOf("lost", ["change"], change("/lost", retry)),
  playbookOf("lost-skipped", ["change"], change("/lost", { onDoubt: "skip", ...retry })),
  playbookOf("lost-repeatable", ["call"], { call: action("repeat", "/lost", ["done"], retry), done: end("done") }),
  playbookOf("items", ["each"], { each: action("change", "/item", [], { forEach: { items: [1, 2, 3], concurrency: 1 } }) }),
];

export function doubts(subject: ContractSubject): void {
  describe("a changing call that nobody knows the end of", () => {
    const stage = stageFor(subject, { playbooks });
    const doubtOf = async (run: string): Promise<string> => (await stage.seen(run, "step-in-doubt")).effect;
    const rowOf = (id: string) => stage.world.store.selectFrom("doubts").selectAll().where("id", "=", id).executeTakeFirst();
    /** A run of the playbook whose call was sent and has no result when everything crashes. */
    const crashed = async (playbook: string, path: string): Promise<string> => {
      stage.service.hold(path);
      const before = stage.sentTo(path).length;
      const run = await stage.start(playbook);
      await stage.service.asked(path, before + 1);
      await stage.crashAndOpen();
      stage.service.release(path);
      return run;
    };
    const keys = (run: string, path: string) => stage.sentTo(path).flatMap(({ key }) => (key.startsWith(`${run}/`) ? [key] : []));

    it("is in doubt after a crash, and stays so over another", async () => {
      const run = await crashed("change", "/change");
      const effect = await doubtOf(run);
      expect(effect).toBe(`${run}/change/1`);
      await stage.crashAndOpen();
      expect(await stage.step(run, "change")).toMatchObject({ status: "in-doubt", effect });
      expect(await stage.run(run)).toMatchObject({ status: "running" });
      expect(await rowOf(effect)).toMatchObject({ run_id: run, step: "change", state: "open" });
      expect(await stage.entries(run, "step-in-doubt")).toHaveLength(1);
      await stage.next().cancel(run, "ana");
      expect(await rowOf(effect)).toMatchObject({ state: "cancelled" });
      expect(keys(run, "/change")).toEqual([effect]);
    });

    it("was done, when a person says so", async () => {
      const run = await crashed("change", "/change");
      const effect = await doubtOf(run);
      await stage.next().decideDoubt(run, effect, "done", { by: "hand" }, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", vars: { got: { by: "hand" } } });
      expect(keys(run, "/change")).toEqual([effect]);
      expect(await rowOf(effect)).toMatchObject({ state: "decided", decided_by: "ana" });
    });

    it("is sent again, under a new key, when a person says so", async () => {
      const run = await crashed("change", "/change");
      await stage.next().decideDoubt(run, await doubtOf(run), "retry", undefined, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", vars: { got: { path: "/change" } } });
      expect(keys(run, "/change")).toEqual([`${run}/change/1`, `${run}/change/2`]);
    });

    it("is left out, when a person says so", async () => {
      const run = await crashed("change", "/change");
      await stage.next().decideDoubt(run, await doubtOf(run), "skip", undefined, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", vars: { got: null } });
      expect(await stage.step(run, "change")).toMatchObject({ status: "skipped", error: { code: "skipped-in-doubt" } });
    });

    it("takes one decision, whoever is first", async () => {
      const run = await crashed("change", "/change");
      const effect = await doubtOf(run);
      const decisions = await Promise.allSettled(["ana", "ben", "cat"].map((by) => stage.next().decideDoubt(run, effect, "done", { by }, by)));
      expect(decisions.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const each of decisions) if (each.status === "rejected") expect(["run-ended", "not-in-doubt"]).toContain((each.reason as { code: string }).code);
      expect(await stage.entries(run, "doubt-decided")).toHaveLength(1);
    });

    it("was decided beforehand by the step", async () => {
      const again = await crashed("again", "/again");
      expect(await stage.ended(again)).toMatchObject({ status: "succeeded" });
      expect(keys(again, "/again")).toEqual([`${again}/change/1`, `${again}/change/2`]);
      const skipped = await crashed("skipped", "/skipped");
      expect(await stage.ended(skipped)).toMatchObject({ status: "succeeded", vars: { got: null } });
      expect(keys(skipped, "/skipped")).toHaveLength(1);
    });

    it("holds up only its own item of a for-each", async () => {
      const run = await crashed("items", "/item");
      const effect = await doubtOf(run);
      expect(effect).toBe(`${run}/each[0]/1`);
      expect(await stage.step(run, "each")).toMatchObject({ status: "in-doubt", items: { inDoubt: 1 } });
      await stage.next().decideDoubt(run, effect, "done", "by hand", "ana");
      const ended = await stage.ended(run);
      expect(ended).toMatchObject({ status: "succeeded" });
      expect(keys(run, "/item")).toEqual([0, 1, 2].map((index) => `${run}/each[${index}]/1`));
    });

    it("is in doubt when it runs out of time, and its answer still counts when it comes", async () => {
      stage.service.hold("/slow");
      const run = await stage.start("slow");
      const effect = await doubtOf(run);
      expect(await stage.entries(run, "doubt-raised")).toMatchObject([{ error: { code: "timed-out" } }]);
      stage.service.release("/slow");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", vars: { got: { path: "/slow" } } });
      expect(keys(run, "/slow")).toEqual([effect]);
      expect(await rowOf(effect)).toMatchObject({ state: "decided", decided_by: null });
      expect(await stage.folded(run)).toEqual(await stage.run(run));
    });

    it("is in doubt when its answer never came, except where it may be sent twice", async () => {
      const run = await stage.start("lost");
      const effect = await doubtOf(run);
      expect(keys(run, "/lost")).toEqual([effect]);
      await stage.next().decideDoubt(run, effect, "skip", undefined, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      expect(await stage.finish("lost-skipped")).toMatchObject({ status: "succeeded" });
      stage.service.refuse("/lost", [502, 503, 200]);
      const repeated = await stage.start("lost-repeatable");
      expect(await stage.ended(repeated)).toMatchObject({ status: "failed", error: { code: "unavailable" } });
      expect(keys(repeated, "/lost")).toHaveLength(1);
    });

    it("cannot be decided when it is not in doubt", async () => {
      stage.service.hold("/change");
      const before = stage.sentTo("/change").length;
      const run = await stage.start("change");
      await stage.service.asked("/change", before + 1);
      await expect(stage.next().decideDoubt(run, `${run}/change/1`, "done", null, "ana")).rejects.toMatchObject({ code: "not-in-doubt" });
      await expect(stage.next().decideDoubt(run, `${run}/nothing/1`, "done", null, "ana")).rejects.toMatchObject({ code: "not-in-doubt" });
      await expect(stage.next().decideDoubt("r0", "r0/change/1", "done", null, "ana")).rejects.toMatchObject({ code: "unknown-run" });
      stage.service.release("/change");
      await stage.ended(run);
      await expect(stage.next().decideDoubt(run, `${run}/change/1`, "done", null, "ana")).rejects.toMatchObject({ code: "run-ended" });
    });
  });
}

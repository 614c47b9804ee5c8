import type { EngineError } from "@drawbridge/engine";
import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const items = (many: number) => Array.from({ length: many }, (_, index) => index);
const fan = (id: string, many: number, connection: string) =>
  playbookOf(id, ["each"], { each: action("read", `/${id}`, [], { connection, forEach: { items: items(many), concurrency: many } }) });
const one = (id: string, connection: string) => playbookOf(id, ["call"], { call: action("read", `/${id}`, [], { connection }) });
const codeOf = (error: unknown): string => (error as EngineError).code;
const playbooks = [
  fan("narrow", 60, "narrow"),
  one("beside", "beside"),
  fan("careful", 12, "careful"),
  playbookOf(
    "wide",
    items(6).map((index) => `c${index}`),
    Object.fromEntries(items(6).map((index) => [`c${index}`, action("read", "/wide", [], { connection: `c${index}`, forEach: { items: items(4), concurrency: 4 } })])),
  ),
  playbookOf("quick", ["set"], { set: { kind: "set", values: { n: 1 } } }),
];

export function limits(subject: ContractSubject): void {
  describe("calls under way at once", () => {
    const stage = stageFor(subject, { playbooks, limits: { calls: 14, callsPerConnection: 4 }, callsOf: { careful: 2 } });

    it.each([
      ["over one connection", "narrow", 60, 4],
      ["of one playbook", "careful", 12, 2],
      ["in all", "wide", 24, 14],
    ] as const)("are no more than the limit %s, and all are made", async (_of, playbook, many, limit) => {
      const path = `/${playbook}`;
      await stage.world.settled();
      stage.service.hold(path);
      const run = await stage.start(playbook);
      await stage.service.asked(path);
      await stage.finish(playbook === "wide" ? "quick" : "beside");
      stage.service.release(path);
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      expect(stage.sentTo(path)).toHaveLength(many);
      expect(stage.service.peak(path)).toBeLessThanOrEqual(limit);
    });
  });

  describe("work that waits", () => {
    const stage = stageFor(subject, { playbooks, limits: { queued: 10, callsPerConnection: 1 } });

    it("keeps further starts out when there is too much of it, and no longer than that", async () => {
      stage.service.hold("/narrow");
      const run = await stage.start("narrow");
      const start = () => stage.start("quick").then(() => "started", codeOf);
      await expect.poll(start, { timeout: 10_000 }).toBe("queue-full");
      stage.service.release("/narrow");
      await stage.ended(run);
      await expect.poll(start, { timeout: 10_000 }).toBe("started");
    });
  });
}

import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const retry = { attempts: 3, delay: "PT0.02S", backoff: 3 };
const playbooks = [
  playbookOf("recovers", ["call"], { call: action("repeat", "/recovers", [], { retry }) }),
  playbookOf("exhausted", ["call"], { call: action("read", "/fail", ["fine"], { retry, onError: { next: ["sorry"] } }), fine: end("fine"), sorry: end("sorry") }),
  playbookOf("refused", ["call"], { call: action("change", "/refused", [], { retry }) }),
  playbookOf("asked-to-wait", ["call"], { call: action("read", "/busy", [], { retry }) }),
  playbookOf("slow", ["call"], { call: action("read", "/slow", [], { timeout: "PT0.05S", retry: { attempts: 2, delay: "PT0.01S" } }) }),
  playbookOf("slow-once", ["call"], { call: action("read", "/slow-once", [], { timeout: "PT0.2S", retry: { attempts: 2, delay: "PT0.01S" } }) }),
  playbookOf("patient", ["call"], { call: action("read", "/over-crash", [], { retry: { attempts: 2, delay: "PT0.3S" } }) }),
  playbookOf("endless-script", ["script"], { script: { kind: "script", source: "for (;;) {}", timeout: "PT0.1S" } }),
];

export function retries(subject: ContractSubject): void {
  describe("a failed attempt", () => {
    const stage = stageFor(subject, { playbooks });

    it("is made again under a key of its own, each time after a longer pause", async () => {
      stage.service.refuse("/recovers", [503, 503]);
      const run = await stage.finish("recovers");
      expect(run).toMatchObject({ status: "succeeded" });
      const failures = await stage.entries(run.id, "attempt-failed");
      expect(failures.map(({ retryAt = 0, at }) => retryAt - at)).toEqual([20, 60]);
      expect(stage.sentTo("/recovers").map(({ key }) => key)).toEqual([1, 2, 3].map((attempt) => `${run.id}/call/${attempt}`));
      const attempts = await stage.entries(run.id, "attempt-started");
      for (const [index, { retryAt = 0 }] of failures.entries()) expect(attempts[index + 1]?.at).toBeGreaterThanOrEqual(retryAt);
    });

    it("is the last one when there are no more, and then the error counts", async () => {
      const run = await stage.finish("exhausted");
      expect(run).toMatchObject({ status: "succeeded", outcome: "sorry" });
      expect(await stage.step(run.id, "call")).toMatchObject({ status: "failed", attempts: 3, error: { code: "unavailable", retryable: true } });
      expect(stage.sentTo("/fail")).toHaveLength(3);
    });

    it("is not made again when that cannot help", async () => {
      stage.service.refuse("/refused", [400]);
      expect(await stage.finish("refused")).toMatchObject({ status: "failed", error: { code: "unavailable", retryable: false } });
      expect(stage.sentTo("/refused")).toHaveLength(1);
    });

    it("waits for as long as the vendor asks", async () => {
      stage.service.refuse("/busy", [429]);
      const run = await stage.finish("asked-to-wait");
      const [failure] = await stage.entries(run.id, "attempt-failed");
      expect((failure?.retryAt ?? 0) - (failure?.at ?? 0)).toBe(90);
    });

    it("is one that took too long, when it only reads", async () => {
      stage.service.hold("/slow");
      const run = await stage.finish("slow");
      expect(run).toMatchObject({ status: "failed", error: { code: "timed-out" } });
      stage.service.release("/slow");
      expect(stage.sentTo("/slow")).toHaveLength(2);
      expect(await stage.finish("endless-script")).toMatchObject({ status: "failed", error: { code: expect.stringMatching(/timed-out/) as unknown } });
    });

    it("that took too long does not count when it answers after all", async () => {
      stage.service.hold("/slow-once");
      const run = await stage.start("slow-once");
      await stage.seen(run, "attempt-failed");
      stage.service.release("/slow-once");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      expect((await stage.entries(run, "effect-succeeded")).map(({ effect }) => effect)).toEqual([`${run}/call/2`]);
    });

    it("is made again after a crash in its pause", async () => {
      stage.service.refuse("/over-crash", [503]);
      const run = await stage.start("patient");
      await stage.seen(run, "attempt-failed");
      await stage.crashAndOpen();
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      expect(stage.sentTo("/over-crash")).toHaveLength(2);
    });
  });
}

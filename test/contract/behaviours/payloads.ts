import { playbookOf } from "@drawbridge/engine/testing";
import type { Json } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import type { ContractSubject } from "../subject.ts";

const playbooks = [
  playbookOf(
    "large",
    ["make"],
    {
      make: { kind: "action", action: "test.large", with: { bytes: "{{ input.bytes }}" }, next: ["size"] },
      size: { kind: "script", source: "return input.text.length", with: { text: "{{ steps.make.output.text }}" } },
    },
    { inputs: [{ key: "bytes", type: "number", required: true }], outputs: [{ key: "size", value: "{{ steps.size.output }}" }] },
  ),
];

export function payloads(subject: ContractSubject): void {
  describe("a large payload", () => {
    const stage = stageFor(subject, { playbooks, limits: { outputBytes: 200_000 } });
    const hashOf = (output: Json): string => (output as { readonly $payload: { readonly hash: string } }).$payload.hash;

    it("is kept apart, and the trace refers to it", async () => {
      const run = await stage.finish("large", { bytes: 50_000 });
      expect(run).toMatchObject({ status: "succeeded", outputs: { size: 50_000 } });
      const [stored] = await stage.entries(run.id, "effect-succeeded");
      expect(stored).toMatchObject({ output: { $payload: { bytes: 50_011, preview: expect.stringContaining("xxx") as unknown } } });
      expect(JSON.stringify(await stage.trace(run.id)).length).toBeLessThan(10_000);
      expect(await stage.step(run.id, "make")).toMatchObject({ output: { text: "x".repeat(50_000) } });
      await stage.crashAndOpen();
      expect(await stage.run(run.id)).toEqual(run);
    });

    it("is had by its run only", async () => {
      const [run, other] = [await stage.finish("large", { bytes: 60_000 }), await stage.finish("large", { bytes: 10 })];
      const [stored] = await stage.entries(run.id, "effect-succeeded");
      const hash = hashOf(stored?.output ?? null);
      for (const engine of stage.world.engines) {
        expect(await engine.payload(run.id, hash)).toEqual({ text: "x".repeat(60_000) });
        for (const id of [other.id, "r0"]) expect(await engine.payload(id, hash)).toBeUndefined();
        expect(await engine.payload(run.id, "0".repeat(64))).toBeUndefined();
      }
    });

    it("is kept once for all runs that have the same", async () => {
      const runs = await Promise.all([1, 2, 3].map(() => stage.finish("large", { bytes: 70_000 })));
      const hashes = await Promise.all(runs.map(async ({ id }) => hashOf((await stage.entries(id, "effect-succeeded"))[0]?.output ?? null)));
      expect(new Set(hashes).size).toBe(1);
      expect(
        await stage.world.store
          .selectFrom("payloads")
          .select("hash")
          .where("hash", "=", hashes[0] ?? "")
          .execute(),
      ).toHaveLength(1);
    });

    it("fails its step when it is over the limit, and is kept nowhere", async () => {
      const before = await stage.world.store.selectFrom("payloads").select("hash").execute();
      expect(await stage.finish("large", { bytes: 300_000 })).toMatchObject({ status: "failed", error: { code: "output-too-large", retryable: false } });
      expect(await stage.world.store.selectFrom("payloads").select("hash").execute()).toEqual(before);
    });
  });
}

import { EngineError, type EngineErrorCode, engineErrorCodes } from "@drawbridge/engine";
import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { type Stage, stageFor } from "../stage.ts";
import { approval } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const playbooks = [
  playbookOf("typed", ["ask"], { ask: approval([], []) }, { inputs: [{ key: "n", type: "number" }] }),
  playbookOf("itself", ["sub"], { sub: { kind: "call", playbook: "itself" } }),
  playbookOf("fan", ["each"], { each: { kind: "action", action: "test.read", with: { path: "/fan" }, forEach: { items: Array.from({ length: 60 }, () => 1), concurrency: 60 } } }),
];

const over = async (stage: Stage): Promise<string> => {
  const run = await stage.start("typed");
  await stage.next().cancel(run, "ana");
  return run;
};

/** How each code comes about. */
const causes: { readonly [Code in EngineErrorCode]: (stage: Stage) => Promise<unknown> } = {
  "unknown-playbook": (stage) => stage.start("nowhere"),
  "unknown-run": (stage) => stage.next().cancel("r0", "ana"),
  "unknown-step": async (stage) => stage.next().rerun(await over(stage), "nothing", undefined, "ana"),
  "run-ended": async (stage) => stage.next().cancel(await over(stage), "ana"),
  "run-not-ended": async (stage) => stage.next().rerun(await stage.start("typed"), "ask", undefined, "ana"),
  "ask-closed": async (stage) => stage.next().answer(`${await over(stage)}/ask/1`, "yes", {}, "ana"),
  "invalid-answer": async (stage) => stage.next().answer(`${await stage.start("typed")}/ask/1`, "perhaps", {}, "ana"),
  "not-in-doubt": async (stage) => {
    const run = await stage.start("typed");
    await stage.next().decideDoubt(run, `${run}/ask/1`, "done", null, "ana");
  },
  "invalid-input": (stage) => stage.start("typed", { n: "seven" }),
  "call-too-deep": async (stage) => {
    const run = await stage.finish("itself");
    let error = run.error;
    while (error?.code === "child-run-failed") error = (error.details as unknown as { readonly error: typeof error }).error;
    throw Object.assign(new Error(error?.message), error);
  },
  "queue-full": async (stage) => {
    stage.service.hold("/fan");
    const run = await stage.start("fan");
    let refused: unknown = null;
    const start = () => stage.start("typed").catch((error: unknown) => (refused = error));
    await expect.poll(start, { timeout: 10_000 }).toBeInstanceOf(EngineError);
    stage.service.release("/fan");
    await stage.ended(run);
    throw refused;
  },
  "store-unavailable": async (stage) => {
    const unblock = await stage.world.blockStore();
    try {
      return await stage.start("typed");
    } finally {
      await unblock();
    }
  },
  stopped: async (stage) => {
    const engine = stage.next();
    await engine.stop();
    return engine.start({ playbook: "typed", input: {}, trigger: { kind: "manual" } }).finally(() => stage.crashAndOpen());
  },
};

export function refusals(subject: ContractSubject): void {
  describe("a refusal", () => {
    const stage = stageFor(subject, { playbooks, limits: { queued: 20, callDepth: 3, callsPerConnection: 1 } });

    it.each(engineErrorCodes)("says %s", async (code) => {
      await expect(causes[code](stage)).rejects.toMatchObject({ code, message: expect.stringMatching(/\w+ \w+/) as unknown });
    });

    it("leaves an engine that works as before, once the store is there again", async () => {
      const unblock = await stage.world.blockStore();
      await expect(stage.start("typed")).rejects.toMatchObject({ code: "store-unavailable" });
      await unblock();
      await expect
        .poll(
          () =>
            stage.start("typed").then(
              () => "started",
              () => "refused",
            ),
          { timeout: 20_000 },
        )
        .toBe("started");
    });
  });
}

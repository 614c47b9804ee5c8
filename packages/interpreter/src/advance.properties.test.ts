import type { Playbook } from "@drawbridge/playbook";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, compile, effectsDue, foldOnto, foldTrace, type Run, type RunInput, stepsOf } from "./index.ts";
import { acyclicPlaybooks } from "./testing/acyclic-playbooks.ts";
import { DrivenRun } from "./testing/driven-run.ts";
import { chance, resultOf } from "./testing/results.ts";

const picks = fc.infiniteStream(fc.nat({ max: 999 }));

/** Takes the next pick. */
function picker(stream: Iterator<number>): () => number {
  return () => stream.next().value as number;
}

/** Answers whatever is due, in an order that `pick` chooses; results depend on the effect alone. */
function toItsEnd(playbook: Playbook, pick: () => number): DrivenRun {
  const run = new DrivenRun(playbook);
  for (let due = effectsDue(run.plan, run.run); due.length > 0; due = effectsDue(run.plan, run.run)) {
    const answerable = due.filter((effect) => effect.type !== "start-timer" || effect.purpose !== "timeout");
    const effect = answerable[pick() % answerable.length] ?? due[0];
    if (effect) run.give(resultOf(effect, chance(effect.id)));
  }
  return run;
}

const facts = (run: DrivenRun): unknown => ({
  steps: [...stepsOf(run.run, run.plan)],
  items: run.plan.steps.map(({ id }) => run.items(id)),
  vars: run.run.vars,
  status: run.run.status,
  outcome: run.run.outcome,
});

describe("any acyclic playbook", () => {
  it("comes to the same end however its results interleave", () => {
    fc.assert(
      fc.property(acyclicPlaybooks({ racing: false }), picks, picks, (playbook, one, other) => {
        const first = toItsEnd(playbook, picker(one));
        const second = toItsEnd(playbook, picker(other));
        expect(facts(second)).toEqual(facts(first));
        expect(first.run.status).toBe("succeeded");
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it("ends when everything is answered, whatever the answers, hears nothing twice, and goes on the same from any state that was kept", () => {
    fc.assert(
      fc.property(acyclicPlaybooks({ racing: true }), picks, (playbook, stream) => {
        const pick = picker(stream);
        const run = new DrivenRun(playbook);
        const said: Parameters<typeof run.give>[0][] = [];
        let reruns = pick() % 3;
        for (let turn = 0; turn < 500; turn += 1) {
          const due = effectsDue(run.plan, run.run);
          const effect = due[pick() % Math.max(due.length, 1)];
          if (!effect) {
            expect(run.run.endedAt).not.toBeNull();
            if (reruns === 0) break;
            reruns -= 1;
            run.give({ type: "rerun-requested", step: run.plan.steps[pick() % run.plan.steps.length]?.id ?? "", by: "ana" });
            continue;
          }
          if (effect.type === "call-action" && pick() % 5 === 0) {
            run.give({ type: "effect-sent", effect: effect.id });
            run.give({ type: "doubt-raised", effect: effect.id });
            run.give({ type: "doubt-decided", effect: effect.id, decision: (["retry", "done", "skip"] as const)[pick() % 3] ?? "done", output: 1, by: "ana" });
          } else {
            const input = resultOf(effect, pick());
            const paused = pick() % 8 === 0;
            if (paused) run.give({ type: "pause-requested", by: "ana" });
            run.give(input);
            said.push(input);
            if (paused) run.give({ type: "resume-requested", by: "ana" });
          }
          const before = run.run;
          const again = said[pick() % Math.max(said.length, 1)];
          if (again && again.type !== "signal-received") run.give(again);
          expect(run.run).toBe(before);
        }
        expect(effectsDue(run.plan, run.run)).toEqual([]);
        expect(run.run.endedAt).not.toBeNull();
        expect(foldTrace(run.plan, run.trace)).toStrictEqual(run.run);
        const cut = 1 + (pick() % run.trace.length);
        const kept = JSON.parse(JSON.stringify(foldTrace(run.plan, run.trace.slice(0, cut)))) as typeof run.run;
        expect(foldOnto(run.plan, kept, run.trace.slice(cut))).toStrictEqual(run.run);
      }),
      { numRuns: 120, seed: 2 },
    );
  });

  it("leaves no step unsettled that a run could reach, unless the run was cut short", () => {
    fc.assert(
      fc.property(acyclicPlaybooks({ racing: false }), picks, (playbook, stream) => {
        const run = toItsEnd(playbook, picker(stream));
        const reached = run.plan.steps.filter((step) => step.starts || step.incoming.length > 0).map((step) => run.step(step.id).status);
        expect(reached.filter((status) => !["succeeded", "failed", "skipped"].includes(status))).toEqual([]);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it("never asks for the same effect twice, re-runs included", () => {
    fc.assert(
      fc.property(acyclicPlaybooks({ racing: true }), picks, (playbook, stream) => {
        const pick = picker(stream);
        const plan = compile(playbook);
        const asked = new Set<string>();
        let run: Run | null = null;
        let input: RunInput = { type: "run-started", at: 0, run: "r", playbook: { id: playbook.id, version: 1 }, input: {}, trigger: { kind: "manual" }, case: null };
        for (let turn = 1; turn < 60; turn += 1) {
          const [next, effects] = advance(plan, run, input);
          expect(effects.filter(({ id }) => asked.has(id))).toEqual([]);
          for (const { id } of effects) asked.add(id);
          run = next;
          const due = effectsDue(plan, run);
          const effect = due[pick() % Math.max(due.length, 1)];
          input = { at: turn, ...(effect ? resultOf(effect, pick()) : { type: "rerun-requested", step: plan.steps[pick() % plan.steps.length]?.id ?? "", by: "ana" }) } as RunInput;
        }
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});

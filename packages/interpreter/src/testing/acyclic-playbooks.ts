import { type Playbook, waysOf } from "@drawbridge/playbook";
import fc from "fast-check";
import { playbookOf } from "./playbooks.ts";

type DrawnStep = { readonly kind: string; readonly [key: string]: unknown };

/** `racing`: whether the order of results may matter: joins at any, ends that terminate, failures that end the run or a for-each. */
interface Drawing {
  readonly id: string;
  readonly next: fc.Arbitrary<string[]>;
  readonly racing: boolean;
}

const maybe = (name: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  fc.option(value, { nil: undefined }).map((each) => (each === undefined ? {} : { [name]: each }));
const merged = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<DrawnStep> => fc.tuple(...parts).map((each) => Object.assign({}, ...each) as DrawnStep);
const retry = fc.record({ attempts: fc.integer({ min: 1, max: 3 }), delay: fc.constant("PT1S"), backoff: fc.constant(2) });
const repeat = fc.record({ until: fc.constant({ "==": [{ var: "output.done" }, true] }), every: fc.constant("PT5S"), max: fc.integer({ min: 1, max: 3 }) });
const duration = fc.constantFrom("PT0S", "PT10S", "PT1H");

const handled = ({ next, racing }: Drawing): fc.Arbitrary<object> => (racing ? maybe("onError", fc.record({ next })) : fc.record({ onError: fc.record({ next }) }));
const reads = fc.constantFrom({}, { with: { from: "{{ steps.@.output }}", item: "{{ item }}" } });
const forEach = ({ racing }: Drawing): fc.Arbitrary<object> =>
  fc.record({
    items: fc.array(fc.integer(), { maxLength: 4 }),
    concurrency: fc.integer({ min: 1, max: 3 }),
    onItemError: racing ? fc.constantFrom("fail", "continue") : fc.constant("continue"),
  });

const kinds: readonly ((drawing: Drawing) => fc.Arbitrary<DrawnStep>)[] = [
  (drawing) =>
    merged(
      fc.constant({ kind: "action", action: "code42.get-alert" }),
      fc.record({ next: drawing.next }),
      handled(drawing),
      reads,
      maybe("retry", retry),
      maybe("repeat", repeat),
      maybe("timeout", duration),
      maybe("forEach", forEach(drawing)),
    ),
  (drawing) => merged(fc.constant({ kind: "script", source: "return 1" }), fc.record({ next: drawing.next }), handled(drawing), reads, maybe("retry", retry)),
  (drawing) =>
    merged(
      fc.constant({ kind: "call", playbook: "child" }),
      fc.record({ next: drawing.next, detached: fc.boolean() }),
      handled(drawing),
      reads,
      maybe("forEach", forEach(drawing)),
      maybe("repeat", repeat),
    ),
  ({ next }) =>
    merged(
      fc.constant({ kind: "condition" }),
      fc
        .record({ branches: fc.array(fc.record({ when: fc.constantFrom<unknown>(true, false, { var: "steps.@.output.done" }), next }), { minLength: 1, maxLength: 3 }) })
        .map(({ branches }) => ({ branches: branches.map((each, index) => ({ label: `b${index}`, ...each })) })),
      fc.record({ otherwise: fc.record({ next }) }),
    ),
  ({ next, racing }) =>
    merged(
      fc.constant({ kind: "ask", prompt: "Go on?" }),
      fc.tuple(next, next).map(([yes, no]) => ({
        branches: [
          { label: "yes", next: yes },
          { label: "no", next: no },
        ],
      })),
      racing ? maybe("timeLimit", duration) : fc.constant({}),
      maybe("onTimeLimit", fc.record({ next })),
    ),
  ({ id, next, racing }) =>
    merged(
      fc.constant({ kind: "wait" }),
      fc.oneof(fc.record({ for: duration }), fc.constant({ signal: id })),
      fc.record({ next }),
      racing ? maybe("timeLimit", duration) : fc.constant({}),
      maybe("onTimeLimit", fc.record({ next })),
    ),
  ({ id, next, racing }) => merged(fc.constant({ kind: "set", values: { [racing ? "shared" : id]: "{{ steps.@.output }}" } }), fc.record({ next })),
  ({ next }) => merged(fc.constant({ kind: "section" }), fc.record({ next })),
  ({ racing }) =>
    merged(fc.constant({ kind: "end", outcome: "done" }), racing ? fc.record({ terminate: fc.boolean(), result: fc.constantFrom("succeeded", "failed") }) : fc.constant({})),
];

/** Playbooks whose ways only lead onwards, of every step kind. */
export function acyclicPlaybooks({ racing }: { readonly racing: boolean }): fc.Arbitrary<Playbook> {
  return fc.integer({ min: 1, max: 10 }).chain((size) => {
    const ids = Array.from({ length: size }, (_each, index) => `s${index}`);
    const steps = ids.map((id, index) => {
      const later = ids.slice(index + 1);
      const next: fc.Arbitrary<string[]> = later.length === 0 ? fc.constant([]) : fc.uniqueArray(fc.constantFrom(...later.slice(0, 4)), { maxLength: 3 });
      const drawing: Drawing = { id, next, racing };
      return fc
        .integer({ min: 0, max: kinds.length - 1 })
        .chain((kind) => merged(kinds[kind]?.(drawing) ?? fc.constant({}), racing ? maybe("join", fc.constantFrom("all", "any")) : fc.constant({})));
    });
    return fc
      .tuple(fc.uniqueArray(fc.constantFrom(...ids.slice(0, 3)), { minLength: 1, maxLength: 3 }), fc.tuple(...steps))
      .map(([start, drawn]) => reading(playbookOf(start, Object.fromEntries(ids.map((id, index) => [id, drawn[index] ?? { kind: "section" }])))));
  });
}

/** Lets each step that reads something read what a step before it gave. */
function reading(playbook: Playbook): Playbook {
  const before = new Map<string, string>();
  const steps = Object.entries(playbook.steps).map(([id, step]) => {
    for (const way of waysOf(step)) for (const target of way.next) before.set(target, id);
    return [id, JSON.parse(JSON.stringify(step).replaceAll("steps.@.", `steps.${before.get(id) ?? "none"}.`))] as const;
  });
  return { ...playbook, steps: Object.fromEntries(steps) } as Playbook;
}

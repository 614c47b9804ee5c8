import fc from "fast-check";
import type { Json } from "../json.ts";
import { currentSchemaVersion, type Playbook } from "../playbook.ts";
import type { Step, StepKind, StepOf } from "../steps/registry.ts";

/** How large the playbooks are, and of which kinds their steps. */
export interface PlaybookOptions {
  readonly maxSteps?: number;
  readonly kinds?: readonly StepKind[];
}

type Some<Value> = fc.Arbitrary<Value>;

const durations = fc.constantFrom("PT0.5S", "PT2S", "PT1M", "P1D");
const option = <Value, Key extends string>(key: Key, value: Some<Value>): Some<{ [Name in Key]?: Value }> =>
  fc.option(value, { nil: undefined }).map((made) => (made === undefined ? {} : ({ [key]: made } as { [Name in Key]: Value })));
const merged = <Parts extends object[]>(...parts: { [At in keyof Parts]: Some<Parts[At]> }): Some<object> =>
  fc.tuple(...(parts as Some<object>[])).map((made) => Object.assign({}, ...made) as object);

/** Values that read what earlier steps wrote. */
function values(earlier: readonly string[]): Some<{ [key: string]: Json }> {
  const paths = ["input.subject", "vars.a", "vars.b", ...earlier.map((id) => `steps.${id}.output`)];
  const value = fc.oneof(
    fc.integer(),
    fc.string({ maxLength: 8 }).map((text) => text.replaceAll("{{", "")),
    fc.boolean(),
    fc.constantFrom(...paths).map((path) => `{{ ${path} | default: 'none' }}`),
    fc.constantFrom(...paths).map((path) => ({ $logic: { var: path } })),
  );
  return fc.dictionary(fc.constantFrom("a", "b", "c"), value as Some<Json>, { maxKeys: 3 });
}

function condition(earlier: readonly string[]): Some<Json> {
  const paths = ["input.flag", "vars.a", ...earlier.map((id) => `steps.${id}.output`)];
  return fc
    .tuple(fc.constantFrom("==", "!=", ">", "and", "or"), fc.constantFrom(...paths), fc.oneof(fc.integer({ min: 0, max: 3 }), fc.boolean()))
    .map(([operator, path, other]) => ({ [operator]: [{ var: path }, other] }));
}

const retry = fc.record({ attempts: fc.integer({ min: 1, max: 3 }), delay: durations, backoff: fc.constantFrom(1, 2) });
const forEach = fc.record({
  items: fc.oneof(fc.constant([1, 2, 3] as Json), fc.constant([] as Json), fc.constant("{{ input.items }}" as Json)),
  concurrency: fc.integer({ min: 1, max: 3 }),
  onItemError: fc.constantFrom("fail" as const, "continue" as const),
});
const repeat = fc.record({ until: fc.constantFrom<Json>({ "==": [{ var: "output.done" }, true] }, true), every: durations, max: fc.integer({ min: 1, max: 3 }) });
const labels = ["first", "second", "third"];

/** One step whose ways lead only to later steps. */
function stepOf(kind: StepKind, id: string, earlier: readonly string[], later: readonly string[]): Some<Step> {
  const next =
    later.length === 0
      ? fc.constant<string[]>([])
      : fc.uniqueArray(fc.integer({ min: 0, max: Math.min(3, later.length - 1) }), { maxLength: 3 }).map((picks) => picks.map((pick) => later[pick] ?? ""));
  const common = merged(fc.constant({ kind, name: `Step ${id}` }), option("join", fc.constantFrom("all", "any")), option("description", fc.string({ maxLength: 10 })));
  const way = next.map((made) => ({ next: made }));
  const onError = option("onError", way);
  const looping = fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: forEach.map((made) => ({ forEach: made })) },
    { weight: 1, arbitrary: repeat.map((made) => ({ repeat: made })) },
  );
  const given = option("with", values(earlier));
  const branches = fc.integer({ min: 1, max: 3 }).chain((count) => fc.tuple(...labels.slice(0, count).map((label) => fc.record({ label: fc.constant(label), next }))));
  const bodies: { [Kind in StepKind]: () => Some<object> } = {
    action: () =>
      merged(
        fc.constantFrom("test.read", "test.change").map((action) => ({ action })),
        given,
        looping,
        option("retry", retry),
        option("timeout", durations),
        option("onDoubt", fc.constantFrom("ask", "retry", "skip")),
        way,
        onError,
      ),
    condition: () =>
      merged(
        branches
          .chain((made) => fc.tuple(...made.map((branch) => condition(earlier).map((when) => ({ label: branch.label, when, next: branch.next })))))
          .map((made) => ({ branches: made })),
        option("otherwise", way),
      ),
    ask: () =>
      merged(
        fc.constant({ prompt: "Go on with {{ input.subject }}?" }),
        branches.map((made) => ({ branches: made })),
        fc.option(durations, { nil: undefined }).chain((timeLimit) => (timeLimit === undefined ? fc.constant({}) : way.map((onTimeLimit) => ({ timeLimit, onTimeLimit })))),
      ),
    wait: () => merged(fc.oneof(fc.constant({ for: "PT1M" }), fc.constant({ until: "2026-01-01T00:00:00Z" }), fc.constant({ signal: "go", timeLimit: "PT1H" })), way),
    call: () => merged(fc.constant({ playbook: "child" }), given, looping, option("detached", fc.boolean()), way, onError),
    set: () =>
      merged(
        values(earlier).map((made) => ({ values: made })),
        way,
      ),
    script: () => merged(fc.constant({ source: "return input;" }), given, option("retry", retry), way, onError),
    section: () => way,
    end: () =>
      merged(
        fc.constantFrom("done", "stopped").map((outcome) => ({ outcome })),
        option("result", fc.constantFrom("succeeded", "failed")),
        option("terminate", fc.boolean()),
      ),
  };
  return merged(common, bodies[kind]()).map((made) => made as StepOf<typeof kind> & Step);
}

const everyKind: readonly StepKind[] = ["action", "action", "action", "condition", "condition", "ask", "wait", "call", "set", "set", "script", "section", "end"];

/** Valid, acyclic playbooks: conditions, asks, waits, loops, error ways and joins. Actions are `test.read` and `test.change`, the playbook called is `child`. */
export function arbitraryPlaybook({ maxSteps = 12, kinds = everyKind }: PlaybookOptions = {}): Some<Playbook> {
  return fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: maxSteps }).chain((chosen) => {
    const ids = chosen.map((_kind, at) => `s${at}`);
    const steps = fc.tuple(...chosen.map((kind, at) => stepOf(kind, ids[at] ?? "", ids.slice(0, at), ids.slice(at + 1))));
    const start = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 2 });
    const layout = fc.array(fc.record({ x: fc.integer({ min: 0, max: 2_000 }), y: fc.integer({ min: 0, max: 2_000 }) }), { minLength: ids.length, maxLength: ids.length });
    return fc.tuple(steps, start, layout, fc.boolean()).map(([made, first, positions, laidOut]) => ({
      schemaVersion: currentSchemaVersion,
      id: "generated",
      name: "Generated",
      inputs: [
        { key: "subject", type: "string" as const },
        { key: "flag", type: "any" as const },
        { key: "items", type: "array" as const },
      ],
      outputs: [{ key: "last", value: `{{ steps.${ids.at(-1) ?? "s0"}.output }}` }],
      start: first,
      steps: Object.fromEntries(made.map((step, at) => [ids[at] ?? "", step])),
      ...(laidOut ? { layout: Object.fromEntries(positions.map((position, at) => [ids[at] ?? "", position])) } : {}),
    }));
  });
}

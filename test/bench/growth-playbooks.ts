import { type Playbook, playbook } from "@drawbridge/playbook";

export const shapes = ["chain", "actions", "forEach"] as const;
export type Shape = (typeof shapes)[number];

type Steps = { readonly [id: string]: { readonly [key: string]: unknown } };

const chained = (count: number, step: (index: number, next: readonly string[]) => { readonly [key: string]: unknown }): Steps =>
  Object.fromEntries(Array.from({ length: count }, (_each, index) => [`s${index}`, { name: `s${index}`, ...step(index, index + 1 < count ? [`s${index + 1}`] : []) }]));

const stepsOf: { readonly [Each in Shape]: (count: number) => Steps } = {
  chain: (count) =>
    chained(count, (index, next) =>
      index % 2 === 0
        ? { kind: "set", values: { [`v${index}`]: { $logic: { "+": [{ var: "input.n" }, index] } } }, next }
        : { kind: "condition", branches: [{ label: "yes", when: { ">": [{ var: `vars.v${index - 1}` }, 0] }, next }], otherwise: { next: [] } },
    ),
  actions: (count) =>
    chained(count, (index, next) => ({ kind: "action", action: "vendor.look", with: { n: index, before: index === 0 ? null : `{{ steps.s${index - 1}.output.n }}` }, next })),
  forEach: () => ({
    s0: { name: "s0", kind: "action", action: "vendor.look", with: { n: "{{ item }}" }, forEach: { items: "{{ input.items }}", concurrency: 10 } },
  }),
};

/** A playbook of `count` steps, or of one step over that many items. */
export function growthPlaybook(shape: Shape, count: number): Playbook {
  return playbook.parse({
    schemaVersion: 1,
    id: `${shape.toLowerCase()}-${count}`,
    name: `${shape} ${count}`,
    inputs: [
      { key: "n", type: "number", required: true },
      { key: "items", type: "array", required: false },
    ],
    start: ["s0"],
    steps: stepsOf[shape](count),
  });
}

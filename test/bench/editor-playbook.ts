import { type Playbook, playbook } from "@drawbridge/playbook";

type Steps = { [id: string]: { readonly [key: string]: unknown } };
type Places = { [id: string]: { x: number; y: number } };

const threads = 8;
const blocks = 5;
const lanes = 4;
const laneSteps = 5;
const column = 224;
const row = 96;
const blockRows = laneSteps + 5;

/** A playbook of 1,000 steps as teams draw them: eight threads side by side, each of five blocks that part into four branches and meet again; laid out. */
export function editorPlaybook(): Playbook {
  const steps: Steps = {};
  const layout: Places = {};
  for (let thread = 0; thread < threads; thread += 1) for (let block = 0; block < blocks; block += 1) addBlock(steps, layout, thread, block);
  return playbook.parse({
    schemaVersion: 1,
    id: "thousand",
    name: "A thousand steps",
    inputs: [{ key: "score", type: "number", required: true }],
    start: Array.from({ length: threads }, (_each, thread) => idOf(thread, 0, "section")),
    steps,
    layout,
  });
}

const idOf = (thread: number, block: number, part: string): string => `t${thread}-b${block}-${part}`;

function addBlock(steps: Steps, layout: Places, thread: number, block: number): void {
  const id = (part: string): string => idOf(thread, block, part);
  const left = thread * (lanes * column + 48);
  const top = block * blockRows * row;
  const middle = left + ((lanes - 1) * column) / 2;
  const put = (part: string, step: { readonly [key: string]: unknown }, x: number, rowAt: number): void => {
    steps[id(part)] = { name: `${part} of block ${block + 1}`, ...step };
    layout[id(part)] = { x, y: top + rowAt * row };
  };
  const lane = (index: number): string[] => [id(`lane${index}-0`)];
  put("section", { kind: "section", next: [id("choose")] }, middle, 0);
  put(
    "choose",
    {
      kind: "condition",
      branches: [90, 60, 30].map((score, index) => ({ label: `over ${score}`, when: { ">": [{ var: "input.score" }, score] }, next: lane(index) })),
      otherwise: { next: lane(lanes - 1) },
    },
    middle - 32,
    1,
  );
  for (let index = 0; index < lanes; index += 1)
    for (let at = 0; at < laneSteps; at += 1)
      put(
        `lane${index}-${at}`,
        {
          kind: "action",
          action: at % 2 === 0 ? "http.get" : "cases.add-note",
          with: at % 2 === 0 ? { url: `https://intel.example/{{ input.score }}/${at}` } : { text: "Looked up" },
          next: [at + 1 < laneSteps ? id(`lane${index}-${at + 1}`) : id("meet")],
        },
        left + index * column,
        2 + at,
      );
  put("meet", { kind: "set", values: { [`done${thread}x${block}`]: true }, next: [id("pause")] }, middle, laneSteps + 2);
  put("pause", { kind: "wait", for: "PT5M", next: [id("tell")] }, middle, laneSteps + 3);
  put(
    "tell",
    { kind: "action", action: "http.get", with: { url: "https://intel.example/done" }, next: block + 1 < blocks ? [idOf(thread, block + 1, "section")] : [] },
    middle,
    laneSteps + 4,
  );
}

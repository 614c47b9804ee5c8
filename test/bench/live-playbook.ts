import { type Playbook, playbook } from "@drawbridge/playbook";

/** Time for watchers to come before anything happens. */
export const waitSeconds = 3;

/** After a while, one call of the vendor for each item; `path` says how it answers. */
export const livePlaybook: Playbook = playbook.parse({
  schemaVersion: 1,
  id: "live-bench",
  name: "Live",
  inputs: [
    { key: "path", type: "string", required: true },
    { key: "items", type: "array", required: true },
  ],
  start: ["wait"],
  steps: {
    wait: { name: "Wait", kind: "wait", for: `PT${waitSeconds}S`, next: ["look"] },
    look: {
      name: "Look",
      kind: "action",
      action: "http.get",
      connection: "vendor",
      with: { url: "/{{ input.path }}/{{ item }}" },
      forEach: { items: "{{ input.items }}", concurrency: 10 },
    },
  },
});

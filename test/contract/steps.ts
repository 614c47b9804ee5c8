/** A step that calls `test.<name>`, which posts to `path`. */
export const action = (name: "read" | "change" | "repeat", path: string, next: readonly string[] = [], more: object = {}) => ({
  kind: "action",
  action: `test.${name}`,
  with: { path },
  next,
  ...more,
});

export const end = (outcome: string, more: object = {}) => ({ kind: "end", outcome, ...more });

/** An ask with the answers yes and no. */
export const approval = (yes: readonly string[], no: readonly string[], more: object = {}) => ({
  kind: "ask",
  prompt: "Isolate the endpoint?",
  branches: [
    { label: "yes", next: yes },
    { label: "no", next: no },
  ],
  ...more,
});

import type { Playbook } from "@drawbridge/playbook";
import { autoLayout } from "./auto-layout.ts";

declare const self: { onmessage: ((event: MessageEvent<{ id: number; playbook: Playbook }>) => void) | null; postMessage: (message: unknown) => void };

self.onmessage = ({ data }) => {
  try {
    self.postMessage({ id: data.id, positions: autoLayout(data.playbook) });
  } catch (error) {
    self.postMessage({ id: data.id, failure: error instanceof Error ? error.message : String(error) });
  }
};

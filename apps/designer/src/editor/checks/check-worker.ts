import type { Catalog, Finding, Playbook } from "@drawbridge/playbook";
import { type CheckPatch, patched } from "./check-patch.ts";
import { findingsIn } from "./findings-in.ts";

/** What is sent to the checks: the catalog when it is another one, and what changed of the document. */
export interface CheckRequest {
  readonly catalog?: Catalog;
  readonly patch: CheckPatch | null;
}

/** What they answer; nothing when they found the same as before. */
export interface CheckAnswer {
  readonly findings: readonly Finding[] | null;
  readonly failure?: string;
}

declare const self: { onmessage: ((event: MessageEvent<CheckRequest>) => void) | null; postMessage: (message: CheckAnswer) => void };

let playbook: Playbook | null = null;
let catalog: Catalog = {};
let last = "";

self.onmessage = ({ data }) => {
  try {
    catalog = data.catalog ?? catalog;
    if (data.patch) playbook = patched(playbook, data.patch);
    const findings = playbook ? findingsIn(playbook, catalog) : [];
    const text = JSON.stringify(findings);
    self.postMessage({ findings: text === last ? null : findings });
    last = text;
  } catch (error) {
    self.postMessage({ findings: null, failure: error instanceof Error ? error.message : String(error) });
  }
};

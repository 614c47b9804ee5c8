import type { EngineHost } from "@drawbridge/engine";
import { ScriptThreads } from "@drawbridge/engine/embedded";
import { callerOf } from "@drawbridge/engine/testing";
import { playbooks } from "./playbooks.ts";

/** What the engines of this suite are given; `service` is the vendor's address. */
export function hostOf(service: string): EngineHost {
  return {
    playbooks: {
      load: (id) => {
        const playbook = playbooks.get(id);
        return Promise.resolve(playbook ? { playbook, version: 1 } : null);
      },
    },
    actions: callerOf(service),
    scripts: new ScriptThreads(),
    clock: { now: Date.now },
    caseSnapshot: () => Promise.resolve(null),
  };
}

import { watchRun } from "@drawbridge/designer/live";
import { RunFollower } from "@drawbridge/designer/run-follower";
import { compile, type TraceEvent } from "@drawbridge/interpreter";
import { playbook as schema } from "@drawbridge/playbook";

declare global {
  interface Window {
    /** Follows a run as its page does; what `followed` gives is what the page would show. */
    follow: (run: string, playbook: string) => void;
    followed: (run: string) => readonly TraceEvent[];
  }
}

const found = new Map<string, readonly TraceEvent[]>();

window.follow = (run, playbook) => {
  const follower = new RunFollower({
    read: () => Promise.reject(new Error("These runs have no large values.")),
    tell: ({ events }) => found.set(run, events),
    changed: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  follower.begin(compile(schema.parse(JSON.parse(playbook))), 0);
  watchRun(run, 0, (events) => follower.take(events));
};
window.followed = (run) => found.get(run) ?? [];

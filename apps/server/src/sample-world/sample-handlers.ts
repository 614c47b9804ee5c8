import type { Audit } from "../audit/audit.ts";
import type { AnswerOf, Handlers } from "../http/handlers.ts";
import { ProblemError } from "../problem-error.ts";
import type { SampleWorld } from "./sample-world.ts";

interface Parts {
  readonly world: SampleWorld | null;
  readonly audit: Audit;
  /** Looks for new alerts without waiting for the next poll. */
  readonly poll: () => Promise<void>;
}

export function sampleHandlers({ world, audit, poll }: Parts): Pick<Handlers, "simulateAlert" | "getMailbox" | "getWorld" | "resetWorld"> {
  const there = (): SampleWorld => {
    if (world === null) throw new ProblemError("not-available", "The sample world is off; start with DRAWBRIDGE_SAMPLE_WORLD=1.");
    return world;
  };
  return {
    simulateAlert: ({ viewer, body }) => {
      const alertId = there().raise(body.story ?? "executive");
      audit.write(viewer.email, "alert-simulated", { alert: alertId });
      void poll();
      return { alertId };
    },
    getMailbox: () => ({
      messages: there()
        .mailbox()
        .map((message) => ({ ...message, text: message["text"] ?? "", html: message["html"] ?? "" })) as unknown as AnswerOf<"getMailbox">["messages"],
    }),
    getWorld: () => there().state(),
    resetWorld: async ({ viewer }) => {
      await there().reset();
      audit.write(viewer.email, "sample-world-reset", {});
      return {};
    },
  };
}

import type { Json } from "@drawbridge/playbook";
import type { Viewer } from "../access/viewer.ts";
import type { Audit } from "../audit/audit.ts";
import type { AnswerOf, Handlers } from "../http/handlers.ts";
import { ProblemError } from "../problem-error.ts";
import type { World } from "./world.ts";

interface Parts {
  /** Null while there is none. */
  readonly world: () => Promise<World | null>;
  readonly audit: Audit;
  /** Looks for new alerts without waiting for the next poll. */
  readonly poll: () => Promise<void>;
  /** Texts that stand for restricted cases which a viewer may not know of. */
  readonly unmentionable: (viewer: Viewer) => Promise<readonly string[]>;
}

export function sampleHandlers({ world, audit, poll, unmentionable }: Parts): Pick<Handlers, "simulateAlert" | "getMailbox" | "getWorld" | "resetWorld"> {
  const there = async (): Promise<World> => {
    const found = await world();
    if (found === null) throw new ProblemError("not-available", "The sample world is off; start with DRAWBRIDGE_SAMPLE_WORLD=1.");
    return found;
  };
  const silent = async (viewer: Viewer) => {
    const marks = await unmentionable(viewer);
    return (message: Json) => !marks.some((mark) => JSON.stringify(message).includes(JSON.stringify(mark).slice(1, -1)));
  };
  return {
    simulateAlert: async ({ viewer, body }) => {
      const alertId = await (await there()).raise(body.story ?? "executive");
      await audit.write(viewer.email, "alert-simulated", { alert: alertId });
      void poll();
      return { alertId };
    },
    getMailbox: async ({ viewer }) => ({
      messages: (await (await there()).mailbox())
        .filter(await silent(viewer))
        .map((message) => ({ ...message, text: message["text"] ?? "", html: message["html"] ?? "" })) as unknown as AnswerOf<"getMailbox">["messages"],
    }),
    getWorld: async ({ viewer }) => {
      const { world: vendors, changes } = await (await there()).state();
      const mail = vendors["mail"] as { readonly messages?: readonly Json[] } | undefined;
      return { world: { ...vendors, mail: { ...mail, messages: (mail?.messages ?? []).filter(await silent(viewer)) } }, changes };
    },
    resetWorld: async ({ viewer }) => {
      await (await there()).reset();
      await audit.write(viewer.email, "sample-world-reset", {});
      return {};
    },
  };
}

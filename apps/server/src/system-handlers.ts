import type { Handlers } from "./http/handlers.ts";
import type { Store } from "./store/store.ts";

interface Parts {
  readonly store: Store;
  readonly recovered: () => boolean;
  readonly stopping: () => boolean;
  readonly storeAvailable: () => boolean;
  readonly intakeProblems: () => readonly string[];
}

export const version = "0.1.0";

export const systemHandlers = ({ store, recovered, stopping, storeAvailable, intakeProblems }: Parts): Pick<Handlers, "health" | "ready"> => ({
  health: () => ({ status: "ok", version, uptimeSeconds: process.uptime() }),
  ready: async ({ response }) => {
    const problems = intakeProblems();
    const checks = {
      store: (await storeAnswers(store)) && storeAvailable() ? { ok: true, message: "The store answers." } : { ok: false, message: "The store does not answer." },
      runs: recovered() ? { ok: true, message: "Runs are recovered." } : { ok: false, message: "Runs are being recovered." },
      stopping: stopping() ? { ok: false, message: "The server is stopping." } : { ok: true, message: "The server takes requests." },
      intake: problems.length === 0 ? { ok: true, message: "Alerts are read." } : { ok: false, message: problems.join("; ") },
    };
    const ready = checks.store.ok && checks.runs.ok && checks.stopping.ok;
    if (!ready) response.status(503);
    return { status: ready ? "ready" : "not-ready", checks };
  },
});

async function storeAnswers(store: Store): Promise<boolean> {
  try {
    return (await store.first(store.sql.selectFrom("counters").select("name").limit(1))) !== null;
  } catch {
    return false;
  }
}

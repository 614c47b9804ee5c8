import type { ApiClient } from "@drawbridge/cli/api-client";
import type { TraceEvent } from "@drawbridge/interpreter";
import type { RunSummary } from "@drawbridge/protocol";

/** The whole trace as the server's store has it. */
export async function storedTrace(api: ApiClient, run: string): Promise<TraceEvent[]> {
  const trace: TraceEvent[] = [];
  for (;;) {
    const { events, lastSeq } = await api.call<{ events: TraceEvent[]; lastSeq: number }>("getTrace", {
      params: { id: run },
      query: { from: String(trace.length), limit: "1000" },
    });
    trace.push(...events);
    if (events.length === 0 || trace.length >= lastSeq) return trace;
  }
}

export const summaryOf = async (api: ApiClient, run: string): Promise<RunSummary> => (await api.call<{ run: RunSummary }>("getRun", { params: { id: run } })).run;

/** Stores a playbook and publishes it. */
export async function publish(api: ApiClient, playbook: object & { readonly id?: string }): Promise<void> {
  const created = await api.send("createPlaybook", { body: playbook });
  await api.call("publish", { params: { id: playbook.id ?? "" }, body: { note: "" }, headers: { "if-match": created.headers.get("etag") ?? "" } });
}

import type { Json, Simulation } from "@drawbridge/integration-kit";
import type { Serve } from "@drawbridge/integration-kit/wire";
import { serve as serveActiveDirectory } from "./active-directory/serve.ts";
import { serve as serveCode42 } from "./code42/serve.ts";
import { serve as serveCortexXdr } from "./cortex-xdr/serve.ts";
import { serve as serveHttp } from "./http/serve.ts";
import { serve as serveMail } from "./mail/serve.ts";

/** Connection id to its integration and how that is served; `cases` has no vendor. */
const sampleConnections = {
  code42: { integration: "code42", serve: serveCode42 },
  "corporate-ad": { integration: "active-directory", serve: serveActiveDirectory },
  "cortex-xdr": { integration: "cortex-xdr", serve: serveCortexXdr },
  mail: { integration: "mail", serve: serveMail },
  http: { integration: "http", serve: serveHttp },
} as const satisfies Record<string, { integration: string; serve: Serve }>;

export type SampleConnectionId = keyof typeof sampleConnections;

/** The vendors of QRST Inc., each on a loopback port of its own. */
export interface SampleWorld {
  readonly connections: Readonly<Record<SampleConnectionId, { readonly integration: string; readonly settings: { readonly [key: string]: Json } }>>;
  /** The same state that the sockets serve. */
  readonly simulations: Readonly<Record<SampleConnectionId, Simulation<unknown>>>;
  readonly close: () => Promise<void>;
}

/** Starts every simulator. `seed` is by connection id or integration id; what it leaves out is the sample company. */
export async function serveSampleWorld(options: { readonly seed?: { readonly [id: string]: Json }; readonly clock?: () => number } = {}): Promise<SampleWorld> {
  const clock = options.clock ?? Date.now;
  const started = await Promise.allSettled(
    Object.entries(sampleConnections).map(async ([id, { integration, serve }]) => {
      const served = await serve(options.seed?.[id] ?? options.seed?.[integration] ?? null, { clock });
      return { id, integration, served };
    }),
  );
  const running = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const close = async () => void (await Promise.all(running.map(({ served }) => served.close())));
  const failure = started.find((result) => result.status === "rejected");
  if (failure !== undefined) {
    await close();
    throw failure.reason;
  }
  return {
    connections: Object.fromEntries(running.map(({ id, integration, served }) => [id, { integration, settings: served.settings }])) as SampleWorld["connections"],
    simulations: Object.fromEntries(running.map(({ id, served }) => [id, served.simulation])) as SampleWorld["simulations"],
    close,
  };
}

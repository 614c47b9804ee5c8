import type { Json } from "@drawbridge/integration-kit";
import type { Serve, Served } from "@drawbridge/integration-kit/wire";
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
type ServedBy<Id extends SampleConnectionId> = Awaited<ReturnType<(typeof sampleConnections)[Id]["serve"]>>;

/** The vendors of QRST Inc., each on a loopback port of its own. */
export interface SampleWorld {
  /** What a connection to each needs, secrets included. */
  readonly connections: { readonly [Id in SampleConnectionId]: { readonly integration: string; readonly settings: { readonly [key: string]: Json } } };
  /** The same state that the sockets serve. */
  readonly simulations: { readonly [Id in SampleConnectionId]: ServedBy<Id>["simulation"] };
  readonly close: () => Promise<void>;
}

export interface SampleWorldOptions {
  /** By connection id or integration id; what it leaves out is the sample company. */
  readonly seed?: { readonly [id: string]: Json };
  readonly clock?: () => number;
}

/** Starts every simulator. When one does not start, none stays. */
export async function serveSampleWorld(options: SampleWorldOptions = {}): Promise<SampleWorld> {
  const running: Served[] = [];
  const close = async () => void (await Promise.all(running.map((served) => served.close())));
  const start = async <Id extends SampleConnectionId>(id: Id): Promise<ServedBy<Id>> => {
    const { integration, serve } = sampleConnections[id];
    const served = await serve(options.seed?.[id] ?? options.seed?.[integration] ?? null, { clock: options.clock ?? Date.now });
    running.push(served);
    return served as ServedBy<Id>;
  };
  try {
    const [code42, directory, xdr, mail, http] = [await start("code42"), await start("corporate-ad"), await start("cortex-xdr"), await start("mail"), await start("http")];
    const connection = (id: SampleConnectionId, { settings }: Served) => ({ integration: sampleConnections[id].integration, settings });
    return {
      connections: {
        code42: connection("code42", code42),
        "corporate-ad": connection("corporate-ad", directory),
        "cortex-xdr": connection("cortex-xdr", xdr),
        mail: connection("mail", mail),
        http: connection("http", http),
      },
      simulations: { code42: code42.simulation, "corporate-ad": directory.simulation, "cortex-xdr": xdr.simulation, mail: mail.simulation, http: http.simulation },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from "request-filtering-agent";

type Listener = Parameters<RequestFilteringHttpAgent["createConnection"]>[1];

/** Keep-alive agents that refuse loopback, link-local and private addresses, after name resolution, unless they are allowed. */
export interface GuardedAgents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  /** Whether this error, or what caused it, is the guard's refusal. */
  readonly refused: (error: unknown) => boolean;
  readonly close: () => void;
}

export function createGuardedAgents(allowPrivateNetwork: boolean): GuardedAgents {
  const refusals = new WeakSet<Error>();
  const options = { keepAlive: true, maxSockets: 32, allowPrivateIPAddress: allowPrivateNetwork, allowMetaIPAddress: false };

  /** The guard fails a socket before it is connected with an error that, unlike every system error, has no code. */
  const watch = (socket: unknown) => {
    const connecting = socket as Socket;
    const note = (error: Error & { code?: string }) => {
      if (error.code === undefined) refusals.add(error);
    };
    connecting.prependOnceListener("error", note);
    connecting.once("connect", () => connecting.off("error", note));
    return connecting;
  };
  class WatchedHttpAgent extends RequestFilteringHttpAgent {
    override createConnection(target: Parameters<RequestFilteringHttpAgent["createConnection"]>[0], listener?: Listener) {
      return watch(super.createConnection(target, listener));
    }
  }
  class WatchedHttpsAgent extends RequestFilteringHttpsAgent {
    override createConnection(target: Parameters<RequestFilteringHttpsAgent["createConnection"]>[0], listener?: Listener) {
      return watch(super.createConnection(target, listener));
    }
  }

  const http = new WatchedHttpAgent(options);
  const https = new WatchedHttpsAgent(options);
  return {
    http,
    https,
    refused: (error) => {
      for (let cause = error; cause instanceof Error; cause = cause.cause) if (refusals.has(cause)) return true;
      return false;
    },
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}

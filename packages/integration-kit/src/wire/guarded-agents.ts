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

export function createGuardedAgents({
  allowPrivateNetwork,
  allowedAddresses,
}: {
  readonly allowPrivateNetwork: boolean;
  readonly allowedAddresses?: readonly string[];
}): GuardedAgents {
  const refusals = new WeakSet<Error>();
  const options = { keepAlive: true, maxSockets: 32, allowPrivateIPAddress: allowPrivateNetwork, allowMetaIPAddress: false, allowIPAddressList: [...(allowedAddresses ?? [])] };

  /** The guard fails a connection with an error that, unlike every system error, has no code. */
  const note = (error: unknown) => {
    if (error instanceof Error && !("code" in error)) refusals.add(error);
  };
  /** Called with an error, or, once connected, with nothing. */
  const watchListener = (listener: Listener): Listener =>
    listener === undefined
      ? undefined
      : (...said) => {
          note(said[0]);
          listener(...said);
        };
  const watchSocket = (socket: unknown) => {
    const connecting = socket as Socket;
    connecting.prependOnceListener("error", note);
    connecting.once("connect", () => connecting.off("error", note));
    return connecting;
  };
  class WatchedHttpAgent extends RequestFilteringHttpAgent {
    override createConnection(target: Parameters<RequestFilteringHttpAgent["createConnection"]>[0], listener?: Listener) {
      return watchSocket(super.createConnection(target, watchListener(listener)));
    }
  }
  class WatchedHttpsAgent extends RequestFilteringHttpsAgent {
    override createConnection(target: Parameters<RequestFilteringHttpsAgent["createConnection"]>[0], listener?: Listener) {
      return watchSocket(super.createConnection(target, watchListener(listener)));
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

import { ActionError } from "@drawbridge/integration-kit";
import { lookup as resolve, type LookupAddress } from "node:dns";
import { connect, isIP, type LookupFunction, type Socket } from "node:net";
import { isPrivateAddress } from "./private-address.ts";

/** A TCP connection that refuses private addresses, after name resolution, unless the connection's settings allow them. */
export function guardedConnect(options: { readonly host: string; readonly port: number; readonly allowPrivateNetwork: boolean }): Socket {
  const host = options.host.replace(/^\[(.*)\]$/, "$1");
  if (options.allowPrivateNetwork) return connect({ host, port: options.port });
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw refusal(host);
  return connect({ host, port: options.port, lookup: publicOnly });
}

const publicOnly: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const inner = error === null ? addresses.find(({ address }) => isPrivateAddress(address)) : undefined;
    const first = addresses?.[0];
    if (error !== null) callback(error, "", 0);
    else if (inner !== undefined || first === undefined) callback(refusal(hostname), "", 0);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

const refusal = (host: string) =>
  new ActionError("egress-refused", `${host} is a private, loopback or link-local address; the connection does not allow those.`, { details: { host } });

import { ActionError } from "../action-error.ts";
import type { HttpSimulator } from "../integration.ts";
import { certainWhenReading } from "./certain-when-reading.ts";
import { type HttpTransport, pathWithQuery } from "./http-transport.ts";

/** Talks to a simulator without a socket. `baseUrl` is only a name, so that URLs are whole. */
export function simulatorTransport(simulator: HttpSimulator, baseUrl = "https://simulator.invalid"): HttpTransport {
  return async (request) => {
    request.signal.throwIfAborted();
    let url: URL;
    try {
      url = new URL(pathWithQuery(request), baseUrl);
    } catch {
      throw new ActionError("invalid-input", "The address is not a URL.");
    }
    const sent = new Request(url, {
      method: request.method,
      headers: { ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      signal: request.signal,
    });
    const response = await simulator(sent).catch((thrown: unknown) => {
      throw thrown instanceof ActionError ? certainWhenReading(thrown, request) : thrown;
    });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
}

import axios, { AxiosError, AxiosHeaders, type GenericAbortSignal } from "axios";
import { ActionError } from "../action-error.ts";
import { recorderOf } from "../http/call-recorder.ts";
import { certainWhenReading } from "../http/certain-when-reading.ts";
import { type HttpResponse, type HttpTransport, pathWithQuery } from "../http/http-transport.ts";
import { createGuardedAgents } from "./guarded-agents.ts";
import { networkError } from "./network-error.ts";

export interface HttpClientOptions {
  /** Without it, requests carry full URLs. */
  readonly baseUrl?: string;
  /** For a whole request, body included; 30 s unless told. */
  readonly timeoutMs?: number;
  /** After decompression; 16 MiB unless told. */
  readonly maxResponseBytes?: number;
  /** 5 unless told. */
  readonly maxRedirects?: number;
  /** Whether loopback, link-local and private addresses may be reached. */
  readonly allowPrivateNetwork: boolean;
  /** Addresses and CIDR ranges that may be reached all the same. */
  readonly allowedAddresses?: readonly string[];
  readonly headers?: { readonly [name: string]: string };
  readonly log?: (message: string, details?: Record<string, unknown>) => void;
}

/** A vendor over real sockets. It never sends anything twice: retrying is decided by whoever asked. */
export interface HttpClient {
  readonly transport: HttpTransport;
  readonly close: () => void;
}

const defaults = { timeoutMs: 30_000, maxResponseBytes: 16 * 1024 * 1024, maxRedirects: 5 };
/** Headers that may follow a redirect to another origin. */
const harmless = new Set(["accept", "accept-encoding", "accept-language", "content-length", "content-type", "host", "user-agent"]);

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { timeoutMs, maxResponseBytes, maxRedirects } = { ...defaults, ...options };
  const agents = createGuardedAgents(options);
  // The adapter itself, since merging settings and passing interceptors, which are none, costs half as much again for each request.
  const send = axios.getAdapter("http");
  const settings = {
    ...axios.defaults,
    proxy: false,
    httpAgent: agents.http,
    httpsAgent: agents.https,
    responseType: "arraybuffer",
    validateStatus: null,
    maxRedirects,
    maxContentLength: maxResponseBytes,
    maxBodyLength: 64 * 1024 * 1024,
  } as const;
  const always = { accept: "application/json, text/plain, */*", "user-agent": "Drawbridge", ...options.headers };

  const transport: HttpTransport = async (request) => {
    const url = targetUrl(options.baseUrl, pathWithQuery(request));
    const stop = new Stop();
    const cancel = () => stop.because(new ActionError("cancelled", `The request to ${url.host} was cancelled.`, { uncertain: true }));
    const expire = () => stop.because(new ActionError("timed-out", `${url.host} did not answer within ${timeoutMs} ms.`, { retryable: true, uncertain: true }));
    if (request.signal.aborted) cancel();
    request.signal.addEventListener("abort", cancel, { once: true });
    const timer = setTimeout(expire, timeoutMs);
    const recorder = recorderOf(request.signal);
    const began = recorder ? Date.now() : 0;
    try {
      const { status, headers, data } = await send({
        ...settings,
        url: url.href,
        method: request.method,
        headers: new AxiosHeaders({ ...always, ...request.headers }),
        data: request.body,
        signal: stop,
        beforeRedirect: (next: Record<string, unknown>) => keepSecretsAtHome(next, url.origin),
      });
      options.log?.("HTTP request", { method: request.method, host: url.host, path: url.pathname, status });
      const answer = { status, headers: plainHeaders(headers), body: (data as Buffer).toString("utf8") };
      recorder?.exchange({ request, url: url.href, always, answer, failure: null, at: began, ms: Date.now() - began });
      return answer;
    } catch (thrown) {
      const error = certainWhenReading(stop.reason ?? errorOf(thrown, url.host), request);
      options.log?.("HTTP request failed", { method: request.method, host: url.host, path: url.pathname, code: error.code });
      recorder?.exchange({ request, url: url.href, always, answer: null, failure: `${error.code}: ${error.message}`, at: began, ms: Date.now() - began });
      throw error;
    } finally {
      clearTimeout(timer);
      request.signal.removeEventListener("abort", cancel);
    }
  };

  const errorOf = (thrown: unknown, host: string): ActionError => {
    if (thrown instanceof ActionError) return thrown;
    if (isTooLarge(thrown)) return new ActionError("response-too-large", `${host} answered with more than ${maxResponseBytes} bytes.`, { uncertain: true });
    if (agents.refused(thrown))
      return new ActionError("egress-refused", `${host}, or where it redirects to, has a private, loopback or link-local address, and this connection does not allow those.`);
    return networkError(host, thrown);
  };
  return { transport, close: agents.close };
}

function targetUrl(baseUrl: string | undefined, path: string): URL {
  let url: URL;
  try {
    url = new URL(baseUrl === undefined ? path : `${baseUrl.replace(/\/+$/, "")}${path}`);
  } catch {
    throw new ActionError("invalid-input", "The address is not a URL.");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new ActionError("invalid-input", "Only http and https addresses can be requested.");
  return url;
}

/** A redirect to another origin takes no credentials along. */
function keepSecretsAtHome(next: Record<string, unknown>, home: string): void {
  const headers = next["headers"];
  if (typeof next["href"] !== "string" || typeof headers !== "object" || headers === null || new URL(next["href"]).origin === home) return;
  for (const name of Object.keys(headers)) if (!harmless.has(name.toLowerCase())) Reflect.deleteProperty(headers, name);
}

/** Every status is accepted and an answer that is cut off comes along with its error, so what is wrong here is the size. */
const isTooLarge = (thrown: unknown): boolean => thrown instanceof AxiosError && thrown.code === AxiosError.ERR_BAD_RESPONSE && thrown.response === undefined;

/** What axios needs of a signal; an `AbortController` for each request costs more than its timer and its address. */
class Stop implements GenericAbortSignal {
  reason: ActionError | null = null;
  private heard: (() => void) | null = null;

  get aborted(): boolean {
    return this.reason !== null;
  }

  because(reason: ActionError): void {
    this.reason ??= reason;
    this.heard?.();
  }

  addEventListener(_type: string, listener: () => void): void {
    this.heard = listener;
  }

  removeEventListener(): void {
    this.heard = null;
  }
}

function plainHeaders(headers: object): HttpResponse["headers"] {
  const plain: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    plain[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : String(value as string | number | boolean);
  }
  return plain;
}

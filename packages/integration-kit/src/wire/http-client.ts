import type { Readable } from "node:stream";
import axios from "axios";
import { ActionError } from "../action-error.ts";
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
  const instance = axios.create({
    adapter: "http",
    proxy: false,
    httpAgent: agents.http,
    httpsAgent: agents.https,
    responseType: "stream",
    validateStatus: () => true,
    transformRequest: [(data: unknown) => data],
    maxRedirects,
    maxBodyLength: 64 * 1024 * 1024,
    headers: { "user-agent": "Drawbridge", ...options.headers },
  });

  const transport: HttpTransport = async (request) => {
    const url = targetUrl(options.baseUrl, pathWithQuery(request));
    const abort = new AbortController();
    const cancel = () => abort.abort(new ActionError("cancelled", `The request to ${url.host} was cancelled.`, { uncertain: true }));
    const expire = () => abort.abort(new ActionError("timed-out", `${url.host} did not answer within ${timeoutMs} ms.`, { retryable: true, uncertain: true }));
    if (request.signal.aborted) cancel();
    request.signal.addEventListener("abort", cancel, { once: true });
    const timer = setTimeout(expire, timeoutMs);
    try {
      const response = await instance.request<Readable>({
        url: url.href,
        method: request.method,
        headers: { ...request.headers },
        ...(request.body === undefined ? {} : { data: request.body }),
        signal: abort.signal,
        beforeRedirect: (next: Record<string, unknown>) => keepSecretsAtHome(next, url.origin),
      });
      const body = await readBody(response.data, maxResponseBytes, abort.signal, url.host);
      options.log?.("HTTP request", { method: request.method, host: url.host, path: url.pathname, status: response.status });
      return { status: response.status, headers: plainHeaders(response.headers), body };
    } catch (thrown) {
      const error = certainWhenReading(abort.signal.reason instanceof ActionError ? abort.signal.reason : errorOf(thrown, url.host), request);
      options.log?.("HTTP request failed", { method: request.method, host: url.host, path: url.pathname, code: error.code });
      throw error;
    } finally {
      clearTimeout(timer);
      request.signal.removeEventListener("abort", cancel);
    }
  };

  const errorOf = (thrown: unknown, host: string): ActionError => {
    if (thrown instanceof ActionError) return thrown;
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

/** With plain listeners: an iterator over the stream costs as much as the rest of a small request. */
function readBody(stream: Readable, limit: number, signal: AbortSignal, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const over = (): void => {
      signal.removeEventListener("abort", stop);
      stream.destroy();
    };
    const fail = (error: unknown): void => {
      over();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const stop = (): void => fail(signal.reason);
    stream.on("error", fail);
    stream.on("close", () => fail(new Error("The answer ended before it was complete.")));
    stream.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) fail(new ActionError("response-too-large", `${host} answered with more than ${limit} bytes.`, { uncertain: true }));
      else chunks.push(chunk);
    });
    stream.on("end", () => {
      resolve((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString("utf8"));
      over();
    });
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
}

function plainHeaders(headers: object): HttpResponse["headers"] {
  const plain: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    plain[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : String(value as string | number | boolean);
  }
  return plain;
}

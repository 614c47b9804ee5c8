import { ActionError, type HttpRequest, type HttpResponse, type HttpTransport } from "@drawbridge/integration-kit";
import type { HttpConnection } from "./connection.ts";

export interface HttpClientOptions {
  readonly transport: HttpTransport;
  readonly connection: Pick<HttpConnection, "baseUrl" | "authentication" | "username" | "headerName" | "secret">;
  readonly now: () => number;
}

/** Any HTTP service, with the connection's credentials. */
export class HttpServiceClient {
  readonly #options: HttpClientOptions;
  readonly #authorization: Readonly<Record<string, string>>;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#authorization = authorizationOf(options.connection);
  }

  get now(): () => number {
    return this.#options.now;
  }

  /** What must never be shown. */
  get secrets(): readonly string[] {
    return [this.#options.connection.secret ?? "", ...Object.values(this.#authorization)];
  }

  send(request: HttpRequest): Promise<HttpResponse> {
    const { baseUrl } = this.#options.connection;
    const below = request.path.startsWith("/") && !request.path.startsWith("//");
    if (baseUrl !== undefined && !below) throw new ActionError("invalid-input", "This connection has an address, so the request names a path below it, beginning with one slash.");
    if (baseUrl === undefined && !/^https?:\/\//i.test(request.path))
      throw new ActionError("invalid-input", "This connection has no address, so the request names a full one, with https://.");
    return this.#options.transport({ ...request, headers: { ...request.headers, ...this.#authorization } });
  }
}

function authorizationOf({ baseUrl, authentication, username, headerName, secret }: HttpClientOptions["connection"]): Record<string, string> {
  if (authentication === "none") return {};
  if (baseUrl === undefined) throw new ActionError("not-configured", "A connection that sends a secret needs an address to send it to.");
  if (secret === undefined || secret === "") throw new ActionError("not-configured", "The connection's secret is not set.");
  switch (authentication) {
    case "basic":
      return { authorization: `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${username ?? ""}:${secret}`)))}` };
    case "bearer":
      return { authorization: `Bearer ${secret}` };
    case "header":
      if (headerName === undefined) throw new ActionError("not-configured", "The connection's header is not set.");
      return { [headerName.toLowerCase()]: secret };
  }
}

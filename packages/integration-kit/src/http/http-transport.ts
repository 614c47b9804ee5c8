/** A request to a vendor, as its client makes it; the same over a socket and to a simulator. */
export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the connection's base URL, with its leading slash; a full URL where there is none. */
  readonly path: string;
  /** Lists repeat the name; null and undefined are left out. */
  readonly query?: { readonly [name: string]: string | number | boolean | null | undefined | readonly (string | number)[] };
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  /** Whether it only asks, so that a lost answer leaves no doubt; unless told, GET and HEAD do. */
  readonly reads?: boolean;
  readonly signal: AbortSignal;
}

/** Any status is an answer; header names are in lower case. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** Sends a request. Throws `ActionError` only when there is no answer. */
export type HttpTransport = (request: HttpRequest) => Promise<HttpResponse>;

/** `path` with its query. */
export function pathWithQuery({ path, query }: Pick<HttpRequest, "path" | "query">): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  );
  if (pairs.length === 0) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams(pairs).toString()}`;
}

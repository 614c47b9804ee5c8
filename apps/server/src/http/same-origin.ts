import type { IncomingMessage } from "node:http";

/** Whether a browser's `Origin` is this server; a request without one does not come from another page. */
export function sameOrigin(request: IncomingMessage): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return request.headers["sec-fetch-site"] === undefined || ["same-origin", "none"].includes(String(request.headers["sec-fetch-site"]));
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false;
  }
}

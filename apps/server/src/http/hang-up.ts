import type { Server } from "node:http";

/** Ends every connection and closes the server. */
export async function hangUp(http: Server): Promise<void> {
  http.closeAllConnections();
  if (http.listening) await new Promise((resolve) => http.close(resolve));
}

import type { Json } from "@drawbridge/integration-kit";
import type { AddressInfo, Socket } from "node:net";
import type { ActiveDirectoryConnection } from "./connection.ts";
import { createLdapServer } from "./simulator/ldap-server.ts";
import { type DirectorySimulation, simulateDirectory } from "./simulator/simulate-directory.ts";

/** Serves a simulated directory as a real LDAP server on a loopback port; `settings` are what a connection to it needs. */
export async function serve(
  seed: Json,
  { port = 0, clock = Date.now }: { readonly port?: number; readonly clock?: () => number } = {},
): Promise<{ readonly settings: Omit<ActiveDirectoryConnection, "caCertificate">; readonly simulation: DirectorySimulation; readonly close: () => Promise<void> }> {
  const simulation = simulateDirectory(seed, clock);
  const server = createLdapServer(simulation);
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { baseDn, bindAccount } = simulation.directory;
  const address = server.address() as AddressInfo;
  return {
    settings: {
      url: `ldap://127.0.0.1:${address.port}`,
      bindDn: bindAccount.dn,
      password: bindAccount.password,
      baseDn,
      startTls: false,
      pageSize: 500,
      timeoutSeconds: 20,
      allowPrivateNetwork: true,
    },
    simulation,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

import { createServer, type Server, type Socket } from "node:net";
import { sequenceLength } from "./ber.ts";
import { LdapSession } from "./ldap-session.ts";
import { decodeRequest } from "./ldap-request.ts";
import type { DirectorySimulation } from "./simulate-directory.ts";

const longestMessage = 256 * 1024;
const idleMs = 120_000;

/** An LDAP server over a simulated directory. Bytes that are not LDAP close their connection and touch nothing else. */
export function createLdapServer(simulation: DirectorySimulation): Server {
  return createServer({ noDelay: true }, (socket) => serveConnection(socket, new LdapSession(simulation)));
}

function serveConnection(socket: Socket, session: LdapSession): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.setTimeout(idleMs, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    try {
      for (let length = sequenceLength(pending, longestMessage); length !== null && length <= pending.length; length = sequenceLength(pending, longestMessage)) {
        const answer = session.answer(decodeRequest(pending.subarray(0, length)));
        pending = pending.subarray(length);
        for (const bytes of answer.messages) socket.write(bytes);
        if (answer.close) {
          socket.end();
          return;
        }
      }
    } catch {
      socket.destroy();
    }
  });
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// A vendor in a process of its own: answers at once.
const alert = JSON.stringify({ id: "a-1", severity: "HIGH", actor: "john.anderson@qrst.com", files: 12 });
const user = JSON.stringify({ email: "john.anderson@qrst.com", groups: ["Executives", "Staff"], manager: "maria.keller@qrst.com" });
const done = JSON.stringify({ status: "pending", action: "isolate-1" });
const answers: { readonly [path: string]: string } = { "/alerts/a-1": alert, "/users/john.anderson": user, "/endpoints/isolate": done };

const server = createServer((request, answer) => {
  request.resume();
  request.on("end", () => {
    const body = answers[request.url ?? ""];
    answer.writeHead(body ? 200 : 404, { "content-type": "application/json" }).end(body ?? "{}");
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.on("disconnect", () => process.exit(0));

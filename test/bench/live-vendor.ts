import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// A vendor in a process of its own: /fast answers at once, /paced one request every few milliseconds.
const paceMs = Number(process.argv[2]);
const text = Array.from({ length: 60 }, () => Math.random().toString(36).slice(2)).join("");
let nextAt = 0;

const server = createServer((request, answer) => {
  request.resume();
  request.on("end", () => {
    const path = request.url ?? "";
    const body = JSON.stringify(path.startsWith("/large") ? { path, text } : { path });
    const send = (): void => void answer.writeHead(200, { "content-type": "application/json" }).end(body);
    if (!path.startsWith("/paced")) return send();
    nextAt = Math.max(nextAt + paceMs, performance.now());
    setTimeout(send, nextAt - performance.now());
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.on("disconnect", () => process.exit(0));

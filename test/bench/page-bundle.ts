import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A file of this folder and all it needs as a script, and the styles that it imports. */
export async function bundled(file: string): Promise<{ readonly script: string; readonly styles: string }> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    outdir: "/",
    format: "iife",
    target: "es2023",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const ending = (end: string): string => outputFiles.find((each) => each.path.endsWith(end))?.text ?? "";
  return { script: ending(".js"), styles: ending(".css") };
}

/** Serves the bare React Flow page with a graph on a loopback port. */
export async function serveBareFlow(graph: unknown): Promise<{ readonly url: string; readonly stop: () => void }> {
  const { script, styles } = await bundled("bare-flow.ts");
  const page = `<!doctype html><meta charset="utf-8"><style>${styles} html,body,#root{margin:0;height:100%}</style><div id="root"></div><script src="/page.js"></script>`;
  const parts: { readonly [path: string]: readonly [type: string, body: string] } = {
    "/": ["text/html", page],
    "/page.js": ["text/javascript", script],
    "/graph.json": ["application/json", JSON.stringify(graph)],
  };
  const server: Server = createServer((request, response) => {
    const [type, body] = parts[request.url ?? ""] ?? ["text/plain", ""];
    response.writeHead(body === "" ? 404 : 200, { "content-type": `${type}; charset=utf-8` }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port.");
  return { url: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
}

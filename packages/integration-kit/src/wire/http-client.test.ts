import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { ActionError } from "../action-error.ts";
import type { HttpRequest } from "../http/http-transport.ts";
import { createHttpClient, type HttpClientOptions } from "./http-client.ts";

const opened: (() => void)[] = [];
afterEach(() => opened.splice(0).forEach((close) => close()));

async function listen(listener: RequestListener, host = "127.0.0.1"): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  opened.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

function connect(options: Partial<HttpClientOptions>) {
  const client = createHttpClient({ allowPrivateNetwork: true, ...options });
  opened.push(client.close);
  return (request: Partial<HttpRequest> = {}) => client.transport({ method: "GET", path: "/", signal: new AbortController().signal, ...request });
}

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("It should have failed."),
    (thrown: unknown) => {
      expect(thrown).toBeInstanceOf(ActionError);
      return thrown as ActionError;
    },
  );

describe("an HTTP client", () => {
  it("sends what it is given once, and hands every status back", async () => {
    const seen: unknown[] = [];
    const baseUrl = await listen((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        seen.push({ method: request.method, url: request.url, type: request.headers["content-type"], body: Buffer.concat(chunks).toString() });
        response.writeHead(503, { "Retry-After": "3", "content-type": "text/plain" }).end("busy");
      });
    });
    const send = connect({ baseUrl: `${baseUrl}/base/` });
    const answer = await send({ method: "POST", path: "/things", query: { a: [1, 2], b: "x y", c: null }, headers: { "content-type": "application/json" }, body: '{"n":1}' });
    expect(answer).toMatchObject({ status: 503, body: "busy", headers: { "retry-after": "3" } });
    expect(seen).toEqual([{ method: "POST", url: "/base/things?a=1&a=2&b=x+y", type: "application/json", body: '{"n":1}' }]);
  });

  it.each([
    "http://127.0.0.1",
    "http://localhost",
    "http://[::1]",
    "http://10.1.2.3",
    "http://192.168.0.1",
    "http://169.254.169.254",
    "http://0.0.0.0",
    "http://[::ffff:127.0.0.1]",
    "https://127.0.0.1",
  ])("refuses %s unless the connection allows private addresses", async (address) => {
    const error = await errorOf(connect({ baseUrl: `${address}:9`, allowPrivateNetwork: false, timeoutMs: 2_000 })());
    expect(error).toMatchObject({ code: "egress-refused", retryable: false, uncertain: false });
  });

  it("refuses a redirect to an address that is not allowed", async () => {
    const reached: string[] = [];
    const inner = await listen((_, response) => {
      reached.push("inner");
      response.end("secret");
    }, "127.0.0.2");
    const outer = await listen((_, response) => void response.writeHead(302, { location: inner }).end());
    const error = await errorOf(connect({ baseUrl: outer, allowPrivateNetwork: false, allowedAddresses: ["127.0.0.1"] })());
    expect(error.code).toBe("egress-refused");
    expect(reached).toEqual([]);
  });

  it("takes no credentials along when it is redirected to another origin", async () => {
    let arrived: IncomingMessage["headers"] = {};
    const elsewhere = await listen((request, response) => {
      arrived = request.headers;
      response.end("there");
    });
    const baseUrl = await listen((_, response) => void response.writeHead(307, { location: `${elsewhere}/there` }).end());
    const { body } = await connect({ baseUrl })({ headers: { authorization: "Bearer s3cret-token", "x-xdr-nonce": "n0nce", "x-api-key": "s3cret-key", accept: "text/plain" } });
    expect(body).toBe("there");
    expect(arrived.accept).toBe("text/plain");
    expect(JSON.stringify(arrived)).not.toMatch(/s3cret|n0nce/);
  });

  it("stops following redirects that go in a circle", async () => {
    const baseUrl = await listen((_, response) => void response.writeHead(302, { location: "/" }).end());
    expect((await errorOf(connect({ baseUrl, maxRedirects: 3 })())).code).toBe("rejected");
  });

  it("stops reading an answer that is too large, also one that is small until it is unpacked", async () => {
    const baseUrl = await listen((request, response) => {
      const body = Buffer.alloc(200_000, "a");
      if (request.url === "/packed") response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(body));
      else response.end(body);
    });
    const send = connect({ baseUrl, maxResponseBytes: 100_000 });
    expect((await errorOf(send())).code).toBe("response-too-large");
    expect((await errorOf(send({ path: "/packed" }))).code).toBe("response-too-large");
  });

  it("gives up after the time limit, before the answer and in the middle of it", async () => {
    const baseUrl = await listen((request: IncomingMessage, response: ServerResponse) => {
      if (request.url === "/half") response.writeHead(200).write("half of");
    });
    const send = connect({ baseUrl, timeoutMs: 60 });
    expect(await errorOf(send({ method: "POST" }))).toMatchObject({ code: "timed-out", retryable: true, uncertain: true });
    expect(await errorOf(send({ path: "/half" }))).toMatchObject({ code: "timed-out", retryable: true, uncertain: false });
  });

  it("stops at once when it is cancelled", async () => {
    const abort = new AbortController();
    const baseUrl = await listen(() => abort.abort());
    expect((await errorOf(connect({ baseUrl })({ signal: abort.signal }))).code).toBe("cancelled");
    expect((await errorOf(connect({ baseUrl })({ signal: abort.signal }))).code).toBe("cancelled");
  });

  it("says connection-refused without doubt, and unavailable with doubt when the line is cut", async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    expect(await errorOf(connect({ baseUrl: `http://127.0.0.1:${port}` })({ method: "POST" }))).toMatchObject({ code: "connection-refused", retryable: true, uncertain: false });
    const baseUrl = await listen((request) => request.destroy());
    expect(await errorOf(connect({ baseUrl })({ method: "POST" }))).toMatchObject({ code: "unavailable", retryable: true, uncertain: true });
  });

  it("takes only http and https addresses, and fails on what is no address", async () => {
    const send = connect({});
    expect((await errorOf(send({ path: "file:///etc/passwd" }))).code).toBe("invalid-input");
    expect((await errorOf(send({ path: "not an address" }))).code).toBe("invalid-input");
  });

  it("says nothing secret in logs and errors", async () => {
    const lines: unknown[] = [];
    const baseUrl = await listen((request, response) => void (request.url?.startsWith("/cut") === true ? request.destroy() : response.end("ok")));
    const send = connect({ baseUrl, log: (message, details) => lines.push(message, details) });
    const secrets = { headers: { authorization: "Bearer s3cret-token" }, query: { key: "s3cret-key" }, body: '{"password":"s3cret-body"}', method: "POST" as const };
    await send(secrets);
    const error = await errorOf(send({ ...secrets, path: "/cut" }));
    expect(lines).toHaveLength(4);
    expect(JSON.stringify([lines, error.message, error.details])).not.toContain("s3cret");
  });
});

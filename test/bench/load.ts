import { Agent, request } from "node:http";

/** Posts `body` to `url` from `concurrency` keep-alive connections for `ms`; answers per second. Throws when one answer is not a 200. */
export async function load(url: string, body: string, concurrency: number, ms: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const target = new URL(url);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const once = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = request({ agent, host: target.hostname, port: target.port, path: target.pathname, method: "POST", headers }, (answer) => {
        answer.resume();
        answer.on("end", () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${answer.statusCode}`))));
      });
      sent.on("error", reject);
      sent.end(body);
    });
  let done = 0;
  const begin = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() - begin < ms) {
      await once();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - begin) / 1_000;
  agent.destroy();
  return done / seconds;
}

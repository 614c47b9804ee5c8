import { createWriteStream, existsSync } from "node:fs";
import { join } from "node:path";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readStoredTrace } from "@drawbridge/engine/embedded";
import { type Playbook, serializePlaybook } from "@drawbridge/playbook";
import type { PlaybookSummary } from "@drawbridge/protocol";
import type { Command } from "../command.ts";
import { readOptions } from "../options.ts";
import { signedIn } from "../traces.ts";
import { UsageError } from "../usage-error.ts";

/** Writes a run's trace as JSON lines, or a server's playbook in canonical form: exit 1 when neither is there. */
export const exportRun: Command = {
  usage: "export <run or playbook> --server <url> | --home <folder> [--bundle]",
  summary: "a run's trace as JSON lines, or a playbook, alone or with all it calls",
  run: async (words) => {
    const { values, positionals } = readOptions(
      words,
      { server: { type: "string" }, home: { type: "string" }, out: { type: "string" }, bundle: { type: "boolean", default: false } },
      { least: 1, most: 1 },
    );
    const [id = ""] = positionals;
    if ((values.server === undefined) === (values.home === undefined)) throw new UsageError("Say where it is: `--server <url>` or `--home <folder>`.");
    if (values.bundle && values.server === undefined) throw new UsageError("A bundle comes from a server: `--server <url>`.");
    const out = () => (values.out === undefined ? process.stdout : createWriteStream(values.out));
    const found =
      values.server === undefined
        ? await fromHome(values.home ?? "", id, out)
        : values.bundle
          ? await bundleFrom(values.server, id, out)
          : await fromServer(values.server, id, out);
    if (!found)
      console.error(values.server === undefined ? `There is no run ${id} in ${values.home ?? ""}.` : `There is neither a run nor a playbook ${id}, or you may not see it.`);
    return found ? 0 : 1;
  },
};

/** Where it goes; opened once there is something to write. */
type Out = () => Writable;

async function send(parts: Iterable<string> | AsyncIterable<Uint8Array>, out: Out): Promise<true> {
  const stream = out();
  await pipeline(Readable.from(parts), stream, { end: stream !== process.stdout });
  return true;
}

/** From a data folder, also while a server works on it; what it holds is its owner's to see whole. */
async function fromHome(home: string, run: string, out: Out): Promise<boolean> {
  const file = join(home, "drawbridge.sqlite");
  if (!existsSync(file)) throw new UsageError(`There is no data folder of Drawbridge at ${home}.`);
  const events = readStoredTrace(file, run);
  const first = events.next();
  return first.done === true ? false : send(linesOf(first.value, events), out);
}

function* linesOf(first: object, rest: Iterable<object>): Generator<string> {
  yield `${JSON.stringify(first)}\n`;
  for (const event of rest) yield `${JSON.stringify(event)}\n`;
}

/** From a server, as the person whose e-mail and password the environment holds. */
async function fromServer(url: string, id: string, out: Out): Promise<boolean> {
  const api = await signedIn(url);
  const trace = await api.send("exportTrace", { params: { id } });
  if (trace.ok && trace.body) return send(chunksOf(trace.body.getReader()), out);
  if (trace.status !== 404) throw new Error(`exportTrace: ${trace.status} ${await trace.text()}`);
  const summary = await api.send("getPlaybook", { params: { id } });
  if (summary.status === 404) return false;
  if (!summary.ok) throw new Error(`getPlaybook: ${summary.status} ${await summary.text()}`);
  const { live } = (await summary.json()) as PlaybookSummary;
  const { playbook } =
    live === null
      ? await api.call<{ playbook: Playbook }>("getDraft", { params: { id } })
      : await api.call<{ playbook: Playbook }>("getVersion", { params: { id, version: String(live) } });
  return send([serializePlaybook(playbook)], out);
}

/** A playbook with every playbook that it calls, as one document; those that are not there are named. */
async function bundleFrom(url: string, id: string, out: Out): Promise<boolean> {
  const api = await signedIn(url);
  const answer = await api.send("getBundle", { params: { id } });
  if (answer.status === 404) return false;
  if (!answer.ok) throw new Error(`getBundle: ${answer.status} ${await answer.text()}`);
  const { bundle, missing } = (await answer.json()) as { bundle: object; missing: string[] };
  for (const each of missing) console.error(`The playbook ${each} is called and not there; the bundle is without it.`);
  return send([`${JSON.stringify(bundle, null, 2)}\n`], out);
}

async function* chunksOf(reader: { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> }): AsyncGenerator<Uint8Array> {
  for (let read = await reader.read(); !read.done; read = await reader.read()) if (read.value) yield read.value;
}

import { setImmediate } from "node:timers/promises";
import type { Json } from "@drawbridge/playbook";
import { findIn, type ValueMatches } from "@drawbridge/protocol";
import { notFound } from "../problem-error.ts";
import { type RunSecrets, tells } from "./run-secrets.ts";

interface Kept {
  readonly value: Promise<Json | undefined>;
  readonly until: number;
}

/** Whoever reads a payload in pages asks again soon: the last few stay parsed for so long, in ms. */
const keptMs = 30_000;
const mostKept = 3;

/** Reads payloads a part at a time. */
export class PayloadReader {
  readonly #payload: (run: string, hash: string) => Promise<Json | undefined>;
  readonly #kept = new Map<string, Kept>();

  constructor(payload: (run: string, hash: string) => Promise<Json | undefined>) {
    this.#payload = payload;
  }

  /** The payload, as far as the viewer may know of it; refuses it like one that is not there. */
  async read(run: string, hash: string, secrets: RunSecrets): Promise<Json> {
    const value = await this.#parsed(run, hash);
    if (value === undefined || tells(value, secrets)) throw notFound("payload");
    return value;
  }

  async search(run: string, hash: string, secrets: RunSecrets, words: string): Promise<ValueMatches> {
    const found = findIn(await this.read(run, hash, secrets), words);
    for (;;) {
      const { done, value } = found.next();
      if (done) return value;
      await setImmediate();
    }
  }

  #parsed(run: string, hash: string): Promise<Json | undefined> {
    const key = `${run} ${hash}`;
    const now = performance.now();
    for (const [each, { until }] of this.#kept) if (until < now) this.#kept.delete(each);
    const value = this.#kept.get(key)?.value ?? this.#payload(run, hash);
    this.#kept.delete(key);
    this.#kept.set(key, { value, until: now + keptMs });
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value ?? "");
    return value;
  }
}

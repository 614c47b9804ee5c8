import type { Catalog, Finding, Playbook } from "@drawbridge/playbook";
import type { CheckAnswer, CheckRequest } from "./check-worker.ts";
import { patchOf } from "./check-patch.ts";
import { findingsIn } from "./findings-in.ts";

interface Wanted {
  readonly playbook: Playbook;
  readonly catalog: Catalog;
}

/** The part of a worker that is used. */
export interface Aside {
  postMessage: (message: CheckRequest) => void;
  terminate: () => void;
  onmessage: ((event: MessageEvent<CheckAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Checks a document off the main thread, the latest one only: what comes while a check runs waits for it. Where there is no worker it checks at once. */
export class CheckAside {
  readonly #onFindings: (findings: readonly Finding[]) => void;
  #worker: Aside | null;
  #sent: Wanted | null = null;
  #busy = false;
  #next: Wanted | null = null;

  constructor(make: () => Aside, onFindings: (findings: readonly Finding[]) => void) {
    this.#onFindings = onFindings;
    this.#worker = make();
    this.#worker.onmessage = ({ data }) => this.#answered(data);
    this.#worker.onerror = () => this.#without();
  }

  /** Checks this document, unless nothing changed that a check looks at. */
  check(playbook: Playbook, catalog: Catalog): void {
    if (!this.#worker) return this.#onFindings(findingsIn(playbook, catalog));
    this.#next = { playbook, catalog };
    if (!this.#busy) this.#send();
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }

  #send(): void {
    const wanted = this.#next;
    this.#next = null;
    if (!wanted || !this.#worker) return;
    const patch = patchOf(this.#sent?.playbook ?? null, wanted.playbook);
    const other = this.#sent?.catalog !== wanted.catalog;
    this.#sent = wanted;
    if (!patch && !other) return;
    this.#busy = true;
    this.#worker.postMessage({ patch, ...(other && { catalog: wanted.catalog }) });
  }

  #answered({ findings, failure }: CheckAnswer): void {
    if (failure !== undefined) return this.#without();
    this.#busy = false;
    if (findings) this.#onFindings(findings);
    this.#send();
  }

  /** The worker cannot go on. */
  #without(): void {
    const wanted = this.#next ?? this.#sent;
    this.stop();
    if (wanted) this.check(wanted.playbook, wanted.catalog);
  }
}

import type { Playbook } from "@drawbridge/playbook";
import type { ApiProblem } from "../api/api-problem.ts";
import { asProblem } from "../api/api-problem.ts";
import type { KeptEdits } from "./kept-edits.ts";

/** How the draft stands. `stale`: someone else saved meanwhile; nothing is sent until the person chooses. */
export type SaveState =
  | { readonly kind: "saved"; readonly at: number | null }
  | { readonly kind: "unsaved" }
  | { readonly kind: "saving" }
  | { readonly kind: "failed"; readonly problem: ApiProblem }
  | { readonly kind: "stale"; readonly problem: ApiProblem };

export interface AutosaveHost {
  readonly save: (playbook: Playbook, etag: string) => Promise<{ readonly etag: string }>;
  readonly kept: KeptEdits;
  readonly onState: (state: SaveState) => void;
  readonly now: () => number;
  /** Calls back after a while; returns what takes it back. */
  readonly later: (ms: number, work: () => void) => () => void;
}

const pauseMs = 600;
const keepMs = 300;
const againMs = 5_000;

/** Saves the draft a moment after the last change, one request at a time, and keeps every unsaved change in this browser until the server has it. */
export class Autosave {
  readonly #host: AutosaveHost;
  #etag: string;
  #wanted: Playbook | null = null;
  #sending: Promise<void> | null = null;
  #cancel: (() => void) | null = null;
  #cancelKeeping: (() => void) | null = null;
  #stale = false;

  constructor(host: AutosaveHost, etag: string) {
    this.#host = host;
    this.#etag = etag;
  }

  get etag(): string {
    return this.#etag;
  }

  /** The document changed. */
  changed(playbook: Playbook): void {
    this.#wanted = playbook;
    this.#cancelKeeping ??= this.#host.later(keepMs, () => this.keep());
    if (this.#stale) return;
    this.#host.onState({ kind: "unsaved" });
    this.#schedule(pauseMs);
  }

  /** Keeps in the browser, now, what the server does not have yet. */
  keep(): void {
    this.#cancelKeeping?.();
    this.#cancelKeeping = null;
    if (this.#wanted) this.#host.kept.put(this.#wanted, this.#etag, this.#host.now());
  }

  /** Sends what is not saved yet and waits for the answer; true when all is saved. */
  async flush(): Promise<boolean> {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#stale) return false;
    while (this.#sending || this.#wanted) {
      const before = this.#wanted;
      await (this.#sending ?? this.#send());
      if (this.#wanted !== null && this.#wanted === before) return false;
    }
    return true;
  }

  /** The server's draft is now this one (published, reloaded, or theirs is to be replaced): go on from its tag. */
  resume(etag: string, pending: Playbook | null = null): void {
    this.#etag = etag;
    this.#stale = false;
    this.#wanted = pending;
    if (pending) {
      this.keep();
      this.#host.onState({ kind: "unsaved" });
      this.#schedule(0);
    } else {
      this.#host.kept.clear();
      this.#host.onState({ kind: "saved", at: this.#host.now() });
    }
  }

  /** Sends nothing more; unsaved changes stay kept in this browser. */
  stop(): void {
    this.keep();
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#host.later(ms, () => {
      this.#cancel = null;
      if (!this.#sending) void this.#send();
    });
  }

  #send(): Promise<void> {
    const playbook = this.#wanted;
    if (!playbook) return Promise.resolve();
    this.#host.onState({ kind: "saving" });
    this.#sending = this.#host
      .save(playbook, this.#etag)
      .then(
        ({ etag }) => this.#saved(playbook, etag),
        (error: unknown) => this.#failed(asProblem(error)),
      )
      .finally(() => {
        this.#sending = null;
      });
    return this.#sending;
  }

  #saved(playbook: Playbook, etag: string): void {
    this.#etag = etag;
    if (this.#wanted === playbook) {
      this.#cancelKeeping?.();
      this.#cancelKeeping = null;
      this.#wanted = null;
      this.#host.kept.clear();
      return this.#host.onState({ kind: "saved", at: this.#host.now() });
    }
    this.keep();
    this.#host.onState({ kind: "unsaved" });
    this.#schedule(pauseMs);
  }

  #failed(problem: ApiProblem): void {
    this.keep();
    if (problem.code === "stale-version") {
      this.#stale = true;
      return this.#host.onState({ kind: "stale", problem });
    }
    this.#host.onState({ kind: "failed", problem });
    if (problem.status === 0 || problem.status >= 500) this.#schedule(againMs);
  }
}

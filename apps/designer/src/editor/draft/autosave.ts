import type { Playbook } from "@drawbridge/playbook";
import type { PlaybookDraft } from "@drawbridge/protocol";
import { type ApiProblem, asProblem } from "../../api/api-problem.ts";
import type { KeptEdits } from "./kept-edits.ts";
import { reconcile } from "./reconcile.ts";
import { retryIn, saveIn } from "./save-timing.ts";

/** How the draft stands. `failed`: not saved yet; `again` says whether it is tried by itself, `kept` whether this browser has it. `question`: the person must choose before anything is sent. */
export type SaveState =
  | { readonly kind: "saved"; readonly at: number | null }
  | { readonly kind: "saving" }
  | { readonly kind: "failed"; readonly problem: ApiProblem; readonly again: boolean; readonly kept: boolean }
  | { readonly kind: "question" };

/** What the server is known to have. */
type Known = Pick<PlaybookDraft, "playbook" | "etag">;

export interface AutosaveHost {
  /** `over` says which published version the draft stands on from now on. */
  readonly save: (playbook: Playbook, etag: string, over: number | null) => Promise<PlaybookDraft>;
  readonly read: () => Promise<PlaybookDraft>;
  /** Puts another document into the editor; `clean`: it is the server's own. */
  readonly adopt: (playbook: Playbook, clean: boolean, by: string) => void;
  /** Both changed the same: the person chooses, `answer` gets what comes of it. */
  readonly ask: (base: Playbook, theirs: PlaybookDraft, answer: (merged: Playbook) => void) => void;
  /** The server's draft, whenever it is read or saved. */
  readonly onDraft: (draft: PlaybookDraft) => void;
  readonly keep: (edits: KeptEdits) => Promise<void>;
  readonly forget: () => Promise<void>;
  readonly onState: (state: SaveState) => void;
  readonly now: () => number;
  /** Calls back after a while; returns what takes it back. */
  readonly later: (ms: number, work: () => void) => () => void;
}

const keepMs = 250;
const soonMs = 30;

/** Saves the draft while it is edited, one request at a time, and keeps in this browser what the server does not have yet. What others made of the same draft is merged in. */
export class Autosave {
  readonly #host: AutosaveHost;
  #known: Known;
  #wanted: Playbook | null = null;
  #over: number | null = null;
  /** Sent, and never answered. */
  #sent: Playbook | null = null;
  #firstChange: number | null = null;
  #lastChange = 0;
  #working: Promise<void> | null = null;
  #cancel: (() => void) | null = null;
  #cancelKeeping: (() => void) | null = null;
  #lastKept = -Infinity;
  #kept = true;
  #failures = 0;
  #problem: ApiProblem | null = null;
  /** The tag of the draft that the server was said to have last; empty when that is not known. */
  #movedTo: string | null = null;
  #asking = false;
  #finished: (() => void) | null = null;

  constructor(host: AutosaveHost, known: Known) {
    this.#host = host;
    this.#known = known;
  }

  get etag(): string {
    return this.#known.etag;
  }

  /** Why the last attempt failed. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** The document changed. */
  changed(playbook: Playbook): void {
    const now = this.#host.now();
    this.#wanted = playbook;
    this.#firstChange ??= now;
    this.#lastChange = now;
    this.#cancelKeeping ??= this.#host.later(Math.max(soonMs, this.#lastKept + keepMs - now), () => void this.keep());
    if (this.#asking) return;
    if (this.#failures === 0) this.#host.onState({ kind: "saving" });
    this.#schedule();
  }

  /** From the next save on the draft stands on this published version. */
  standOn(version: number, playbook: Playbook): void {
    this.#over = version;
    this.changed(playbook);
  }

  /** Keeps in the browser, now, what the server does not have yet. */
  async keep(): Promise<void> {
    this.#cancelKeeping?.();
    this.#cancelKeeping = null;
    if (!this.#wanted) return;
    this.#lastKept = this.#host.now();
    const { playbook: base, etag } = this.#known;
    try {
      await this.#host.keep({ base, etag, sent: this.#sent, mine: this.#wanted, over: this.#over, at: this.#lastKept });
      this.#kept = true;
    } catch {
      this.#kept = false;
    }
  }

  /** Saves what is not saved yet and waits for the answer; true when all is saved. */
  async flush(): Promise<boolean> {
    this.#cancel?.();
    this.#cancel = null;
    await this.#working;
    while ((this.#wanted || this.#hasMoved()) && !this.#asking) {
      await this.#work();
      if (this.#failures > 0) return false;
    }
    return !this.#asking;
  }

  /** The server may be there again: does not wait for the next attempt. */
  retry(): void {
    if (this.#failures === 0 || this.#asking) return;
    this.#cancel?.();
    this.#cancel = this.#host.later(0, () => this.#begin());
  }

  /** Told that the server has a draft with this tag, or with one that is not known here. */
  moved(etag = ""): void {
    this.#movedTo = etag;
    if (!this.#asking && this.#hasMoved() && !this.#working) this.#cancel ??= this.#host.later(soonMs, () => this.#begin());
  }

  /** The server's draft is now this one, by another way than saving (published, discarded); what was changed meanwhile is saved over it. */
  resume(draft: PlaybookDraft): void {
    this.#knows(draft);
    if (this.#wanted) this.changed(this.#wanted);
    else void this.#settled();
  }

  /** Nobody edits any more: resolves when all is saved, or what is not is kept in this browser and waits for the person. */
  finish(): Promise<void> {
    void this.keep();
    return new Promise((resolve) => {
      this.#finished = resolve;
      void this.flush().then((saved) => (saved || this.#asking) && resolve());
    });
  }

  #hasMoved(): boolean {
    return this.#movedTo !== null && this.#movedTo !== this.#known.etag;
  }

  #schedule(): void {
    if (this.#working || (this.#failures > 0 && this.#cancel)) return;
    this.#cancel?.();
    const now = this.#host.now();
    this.#cancel = this.#host.later(saveIn(now, this.#firstChange ?? now, this.#lastChange), () => this.#begin());
  }

  #begin(): void {
    this.#cancel = null;
    if (!this.#working) void this.#work();
  }

  #work(): Promise<void> {
    this.#working ??= this.#attempt()
      .catch((error: unknown) => this.#failed(asProblem(error)))
      .finally(() => {
        this.#working = null;
        if (this.#failures > 0 || this.#asking) return;
        if (this.#hasMoved()) this.#cancel ??= this.#host.later(soonMs, () => this.#begin());
        else if (this.#wanted) this.#schedule();
      });
    return this.#working;
  }

  async #attempt(): Promise<void> {
    if (this.#hasMoved() || this.#sent) {
      const told = this.#movedTo;
      const draft = await this.#host.read();
      if (this.#movedTo === told) this.#movedTo = null;
      if (!this.#meet(draft)) return;
    }
    const playbook = this.#wanted;
    if (!playbook) return this.#settled();
    const over = this.#over;
    if (this.#failures === 0) this.#host.onState({ kind: "saving" });
    this.#firstChange = null;
    this.#sent = playbook;
    void this.keep();
    try {
      const draft = await this.#host.save(playbook, this.#known.etag, over);
      this.#knows({ ...draft, playbook });
      if (this.#over === over) this.#over = null;
      if (this.#wanted === playbook) {
        this.#wanted = null;
        await this.#settled();
      } else void this.keep();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status !== 0 && problem.status < 500) this.#sent = null;
      if (problem.code !== "stale-version") throw problem;
      // The server answers: what it has is read soon, also when attempts before this one failed.
      this.#failures = 0;
      this.#problem = null;
      this.#movedTo = "";
    }
  }

  #knows(draft: PlaybookDraft): void {
    this.#known = draft;
    this.#sent = null;
    this.#failures = 0;
    this.#problem = null;
    this.#host.onDraft(draft);
  }

  async #settled(): Promise<void> {
    this.#failures = 0;
    this.#problem = null;
    this.#firstChange = null;
    this.#cancelKeeping?.();
    this.#cancelKeeping = null;
    this.#host.onState({ kind: "saved", at: this.#host.now() });
    await this.#host.forget().catch(() => undefined);
    this.#finished?.();
  }

  /** Brings together what is here and what the server has; false when the person must choose. */
  #meet(draft: PlaybookDraft): boolean {
    if (draft.etag === this.#known.etag) {
      this.#sent = null;
      this.#host.onDraft(draft);
      return true;
    }
    const { playbook: base } = this.#known;
    const mine = this.#wanted ?? base;
    const outcome = reconcile({ base, sent: this.#sent, mine, theirs: draft.playbook });
    if (outcome.kind === "question") {
      this.#ask(outcome.base, draft);
      return false;
    }
    this.#knows(draft);
    if (outcome.kind === "mine") return true;
    this.#wanted = outcome.kind === "merged" ? outcome.playbook : null;
    this.#host.adopt(outcome.kind === "merged" ? outcome.playbook : draft.playbook, outcome.kind === "theirs", draft.updatedBy);
    return true;
  }

  #ask(base: Playbook, draft: PlaybookDraft): void {
    this.#asking = true;
    void this.keep();
    this.#host.onState({ kind: "question" });
    this.#finished?.();
    this.#host.ask(base, draft, (merged) => {
      this.#asking = false;
      this.#knows(draft);
      this.#host.adopt(merged, false, draft.updatedBy);
      this.changed(merged);
    });
  }

  #failed(problem: ApiProblem): void {
    this.#failures += 1;
    this.#problem = problem;
    const again = problem.status === 0 || problem.status === 429 || problem.status >= 500;
    void this.keep().then(() => {
      if (this.#problem === problem) this.#host.onState({ kind: "failed", problem, again, kept: this.#kept });
    });
    this.#cancel?.();
    if (!again) this.#finished?.();
    this.#cancel = again ? this.#host.later(retryIn(this.#failures), () => this.#begin()) : null;
  }
}

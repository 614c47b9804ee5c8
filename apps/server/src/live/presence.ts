import type { Log } from "../log.ts";
import type { Bus } from "../processes/bus.ts";
import type { Notice } from "../processes/notice.ts";
import { newId } from "../store/new-id.ts";

interface Elsewhere {
  heardAt: number;
  readonly open: Map<string, readonly string[]>;
}

const beatMs = 2_000;
/** A process that was silent for so long is gone, and all who were there. */
const silentMs = 7_000;

/** Who has which playbook open, at this process and at the others. People are named by their addresses. */
export class Presence {
  readonly #bus: Bus;
  readonly #log: Log;
  readonly #onChange: (playbook: string) => void;
  readonly #process = newId("", Date.now());
  readonly #here = new Map<string, readonly string[]>();
  readonly #elsewhere = new Map<string, Elsewhere>();
  readonly #timer: NodeJS.Timeout;

  constructor(bus: Bus, log: Log, onChange: (playbook: string) => void) {
    this.#bus = bus;
    this.#log = log;
    this.#onChange = onChange;
    bus.on("presence", ({ process, playbook, people }) => {
      this.#heard(process).open.set(playbook, people);
      onChange(playbook);
    });
    bus.on("presence-beat", ({ process }) => {
      if (this.#elsewhere.has(process)) this.#heard(process);
      else this.#tell({ kind: "presence-wanted" });
    });
    bus.on("presence-wanted", () => this.#tellAll());
    bus.onMissed(() => {
      for (const process of [...this.#elsewhere.keys()]) this.#forget(process);
      this.#tell({ kind: "presence-wanted" });
      this.#tellAll();
    });
    this.#timer = setInterval(() => this.#beat(), beatMs);
    this.#timer.unref();
    this.#tell({ kind: "presence-wanted" });
  }

  /** These people have the playbook open at this process now. */
  here(playbook: string, people: readonly string[]): void {
    const before = this.#here.get(playbook) ?? [];
    if (before.length === people.length && people.every((each) => before.includes(each))) return;
    if (people.length > 0) this.#here.set(playbook, people);
    else this.#here.delete(playbook);
    this.#tell({ kind: "presence", process: this.#process, playbook, people });
    this.#onChange(playbook);
  }

  /** Everybody who has it open anywhere, each once. */
  peopleOf(playbook: string): readonly string[] {
    const elsewhere = [...this.#elsewhere.values()].flatMap(({ open }) => open.get(playbook) ?? []);
    return [...new Set([...(this.#here.get(playbook) ?? []), ...elsewhere])].sort();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #heard(process: string): Elsewhere {
    const known = this.#elsewhere.get(process) ?? { heardAt: 0, open: new Map<string, readonly string[]>() };
    known.heardAt = performance.now();
    this.#elsewhere.set(process, known);
    return known;
  }

  #beat(): void {
    if (this.#here.size > 0) this.#tell({ kind: "presence-beat", process: this.#process });
    for (const [process, { heardAt }] of this.#elsewhere) if (performance.now() - heardAt > silentMs) this.#forget(process);
  }

  #forget(process: string): void {
    const open = [...(this.#elsewhere.get(process)?.open.keys() ?? [])];
    this.#elsewhere.delete(process);
    for (const playbook of open) this.#onChange(playbook);
  }

  #tellAll(): void {
    for (const [playbook, people] of this.#here) this.#tell({ kind: "presence", process: this.#process, playbook, people });
  }

  #tell(notice: Notice): void {
    this.#bus.tell(notice).catch((error: unknown) => this.#log.warn({ err: error }, "other processes could not be told who has a playbook open"));
  }
}

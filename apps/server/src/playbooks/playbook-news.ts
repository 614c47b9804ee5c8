import type { Bus } from "../processes/bus.ts";
import type { NoticeOf } from "../processes/notice.ts";
import type { Store } from "../store/store.ts";

export type PlaybookNotice = NoticeOf<"version-published"> | NoticeOf<"draft-saved">;

/** Tells what became of playbooks and drafts, to this process and the others. */
export class PlaybookNews {
  readonly #store: Store;
  readonly #bus: Bus;
  readonly #listeners: ((notice: PlaybookNotice) => void)[] = [];

  constructor(store: Store, bus: Bus) {
    this.#store = store;
    this.#bus = bus;
    const heard = (notice: PlaybookNotice) => {
      for (const listener of this.#listeners) listener(notice);
    };
    bus.on("version-published", heard);
    bus.on("draft-saved", heard);
  }

  /** Hears of changes anywhere, once they are committed. */
  on(listener: (notice: PlaybookNotice) => void): void {
    this.#listeners.push(listener);
  }

  /** Makes a change in one transaction, and tells of it when that is committed. */
  async change<Done>(work: () => Promise<Done>, told: (done: Done) => PlaybookNotice): Promise<Done> {
    const [done, notice] = await this.#store.atomically(async () => {
      const made = await work();
      const toTell = told(made);
      await this.#bus.tell(toTell);
      return [made, toTell] as const;
    });
    for (const listener of this.#listeners) listener(notice);
    return done;
  }
}

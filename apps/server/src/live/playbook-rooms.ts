import type { LiveMessages } from "@drawbridge/protocol";
import type { Viewer } from "../access/viewer.ts";
import type { Log } from "../log.ts";
import type { PlaybookNews, PlaybookNotice } from "../playbooks/playbook-news.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import type { Bus } from "../processes/bus.ts";
import type { People } from "../sign-in/people.ts";
import { Presence } from "./presence.ts";

interface Parts<Member> {
  readonly bus: Bus;
  readonly people: People;
  readonly shelf: PlaybookShelf;
  readonly news: PlaybookNews;
  readonly log: Log;
  readonly send: <Name extends keyof LiveMessages>(members: readonly Member[], name: Name, message: LiveMessages[Name]) => void;
}

const batchMs = 50;
const mostPeople = 100;

/** The connections that have each playbook open: they are told of each other, of new versions and of their own drafts. */
export class PlaybookRooms<Member extends { readonly viewer: Viewer }> {
  readonly #parts: Parts<Member>;
  readonly #rooms = new Map<string, Set<Member>>();
  readonly #presence: Presence;
  readonly #changed = new Set<string>();
  #flush: NodeJS.Timeout | null = null;
  #telling: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: Parts<Member>) {
    this.#parts = parts;
    this.#presence = new Presence(parts.bus, parts.log, (playbook) => this.#announce(playbook));
    parts.news.on((notice) => this.#inTurn(() => this.#tell(notice)));
  }

  /** The playbook exists, and the member may read it. */
  join(playbook: string, member: Member): void {
    const room = this.#rooms.get(playbook) ?? new Set<Member>();
    this.#rooms.set(playbook, room.add(member));
    this.#met(playbook);
    this.#announce(playbook);
  }

  leave(playbook: string, member: Member): void {
    const room = this.#rooms.get(playbook);
    if (!room?.delete(member)) return;
    if (room.size === 0) this.#rooms.delete(playbook);
    this.#met(playbook);
  }

  /** The connection is no more. */
  gone(member: Member): void {
    for (const playbook of [...this.#rooms.keys()]) this.leave(playbook, member);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#flush) clearTimeout(this.#flush);
    this.#presence.close();
    await this.#telling;
  }

  #met(playbook: string): void {
    this.#presence.here(playbook, [...new Set([...(this.#rooms.get(playbook) ?? [])].map(({ viewer }) => viewer.email))]);
  }

  #announce(playbook: string): void {
    if (this.#closed || !this.#rooms.has(playbook)) return;
    this.#changed.add(playbook);
    this.#flush ??= setTimeout(() => {
      this.#flush = null;
      const changed = [...this.#changed];
      this.#changed.clear();
      for (const each of changed) this.#inTurn(() => this.#tellPeople(each));
    }, batchMs);
  }

  async #tellPeople(playbook: string): Promise<void> {
    const people = await this.#parts.people.references(this.#presence.peopleOf(playbook).slice(0, mostPeople));
    this.#parts.send([...(this.#rooms.get(playbook) ?? [])], "playbook-people", { id: playbook, people });
  }

  async #tell(notice: PlaybookNotice): Promise<void> {
    const members = [...(this.#rooms.get(notice.playbook) ?? [])];
    if (members.length === 0) return;
    const id = notice.playbook;
    if (notice.kind === "draft-saved") {
      const theirs = members.filter(({ viewer }) => notice.person === null || viewer.email === notice.person);
      return this.#parts.send(theirs, "draft-saved", { id, etag: notice.etag });
    }
    const { version, rolledBackTo } = notice;
    const { at, by, note } = await this.#parts.shelf.versionFacts(id, version);
    this.#parts.send(members, "version-published", { id, version, at, by: await this.#parts.people.reference(by), note, rolledBackTo });
  }

  #inTurn(work: () => Promise<void>): void {
    this.#telling = this.#telling.then(work).catch((error: unknown) => this.#parts.log.error({ err: error }, "those who have a playbook open could not be told"));
  }
}

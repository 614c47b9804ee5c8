import { checkPlaybook, type Finding, parsePlaybookText, type Playbook } from "@drawbridge/playbook";
import type { PlaybookSource } from "@drawbridge/engine";
import type { PlaybookDraft, VersionSize } from "@drawbridge/protocol";
import { instant } from "../instant.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import { readCursor, writeCursor } from "../store/cursor.ts";
import type { Store } from "../store/store.ts";
import type { PlaybookDraftRow, PlaybookRow } from "../store/tables.ts";
import { documentText, factsOf, hashOf, liveFactsOf } from "./document.ts";
import { demandMatch, draftEtag, versionEtag, versionIn } from "./etag.ts";
import { indexPlaybook } from "./index-playbook.ts";
import { PersonDrafts } from "./person-drafts.ts";
import { playbookCatalog, type ServerCatalog } from "./playbook-catalog.ts";
import type { PlaybookNews } from "./playbook-news.ts";
import { versionSize } from "./version-size.ts";

const mostKept = 64;

/** Drafts and immutable versions of playbooks, stored canonically. */
export class PlaybookShelf implements PlaybookSource {
  readonly #store: Store;
  readonly #catalog: ServerCatalog;
  readonly #drafts: PersonDrafts;
  readonly #news: PlaybookNews;
  readonly #parsed = new Map<string, Playbook>();
  readonly #listeners = new Set<() => Promise<void>>();

  constructor(store: Store, catalog: ServerCatalog, news: PlaybookNews) {
    this.#store = store;
    this.#catalog = catalog;
    this.#news = news;
    this.#drafts = new PersonDrafts(store);
  }

  /** Hears when what is live has changed, and is waited for. */
  onPublish(listener: () => Promise<void>): void {
    this.#listeners.add(listener);
  }

  async load(id: string, version?: number): Promise<{ playbook: Playbook; version: number } | null> {
    return this.read(id, version);
  }

  /** A published version, without `version` the live one; versions outlive their playbook. */
  async read(id: string, version?: number): Promise<{ playbook: Playbook; version: number } | null> {
    const wanted = version ?? (await this.#live(id));
    if (wanted === null) return null;
    const playbook = await this.#version(id, wanted);
    if (playbook === null) return null;
    if (this.#parsed.size >= mostKept) this.#parsed.delete(this.#parsed.keys().next().value ?? "");
    this.#parsed.set(`${id}@${wanted}`, playbook);
    return { playbook, version: wanted };
  }

  async #live(id: string): Promise<number | null> {
    return (await this.#store.first(this.#store.sql.selectFrom("playbooks").select("live").where("id", "=", id).where("deleted", "=", 0)))?.live ?? null;
  }

  /** Does not keep what it reads: within a transaction it may yet be taken back. */
  async #version(id: string, wanted: number): Promise<Playbook | null> {
    const known = this.#parsed.get(`${id}@${wanted}`);
    if (known) return known;
    const text = await this.#versionText(id, wanted);
    return text === null ? null : parsed(text);
  }

  async #versionText(id: string, version: number): Promise<string | null> {
    const row = await this.#store.first(this.#store.sql.selectFrom("playbook_versions").select("document").where("playbook_id", "=", id).where("version", "=", version));
    return row?.document ?? null;
  }

  /** Refuses when there is no such playbook. */
  async demand(id: string): Promise<void> {
    await this.#known(id);
  }

  async check(playbook: Playbook): Promise<readonly Finding[]> {
    return checkPlaybook(playbook, await playbookCatalog(this.#store, this.#catalog, playbook));
  }

  /** What this person edits. */
  async draft(id: string, person: string): Promise<PlaybookDraft> {
    const row = await this.#known(id);
    return this.#draftOf(row, await this.#drafts.find(id, person));
  }

  create(playbook: Playbook, by: string): Promise<PlaybookDraft> {
    const text = documentText(playbook);
    return this.#store.atomically(async () => {
      await this.#store.lock(`playbook ${playbook.id}`);
      const before = await this.#row(playbook.id, true);
      if (before && before.deleted === 0) throw new ProblemError("already-exists", `There is a playbook ${playbook.id} already.`, { pointer: "/id" });
      const row = {
        ...factsOf(playbook),
        ...(await this.#counted(playbook)),
        live: null,
        draft: text,
        draft_by: by,
        updated_at: instant(Date.now()),
        updated_by: by,
        shipped: 0,
        shipped_hash: null,
        deleted: 0,
        inputs: "[]",
        calls: "[]",
        triggers: 0,
      };
      if (before) await this.#store.run(this.#store.sql.updateTable("playbooks").set(row).where("id", "=", playbook.id));
      else await this.#store.run(this.#store.sql.insertInto("playbooks").values({ id: playbook.id, last_version: 0, ...row }));
      await indexPlaybook(this.#store, playbook);
      return this.draft(playbook.id, by);
    });
  }

  /** Saves a person's draft over what that person has read; `base` says anew which version it stands on. */
  async saveDraft(id: string, playbook: Playbook, ifMatch: string, by: string, base?: number): Promise<PlaybookDraft> {
    if (playbook.id !== id) throw new ProblemError("invalid-document", `The document's id is ${playbook.id}; this playbook's is ${id}.`, { pointer: "/id" });
    const text = documentText(playbook);
    return this.#changing(id, by, async () => {
      const row = await this.#locked(id);
      const at = instant(Date.now());
      if (row.live === null) {
        demandMatch(ifMatch, (await this.#draftOf(row)).etag);
        const change = { ...factsOf(playbook), ...(await this.#counted(playbook)), draft: text, draft_by: by, updated_at: at, updated_by: by };
        await this.#store.run(this.#store.sql.updateTable("playbooks").set(change).where("id", "=", id));
        await indexPlaybook(this.#store, playbook);
        return this.draft(id, by);
      }
      const own = await this.#drafts.find(id, by);
      const begun = own ? own.base : await this.#begunFrom(row, ifMatch);
      if (own) demandMatch(ifMatch, draftEtag(own.document, own.base));
      const stands = base ?? begun;
      const version = await this.#versionText(id, stands);
      if (version === null) throw notFound("version");
      if (stands === row.live && text === version) await this.#drafts.drop(id, by);
      else await this.#drafts.put({ playbook_id: id, person: by, document: text, base: stands, at });
      return this.draft(id, by);
    });
  }

  /** The version that a first save is made from: any that is kept, since versions never change. */
  async #begunFrom(row: PlaybookRow, ifMatch: string): Promise<number> {
    const version = versionIn(ifMatch);
    if (version !== null && (await this.#versionText(row.id, version)) !== null) return version;
    demandMatch(ifMatch, versionEtag(row.live ?? 0));
    return row.live ?? 0;
  }

  discardDraft(id: string, ifMatch: string, by: string): Promise<PlaybookDraft> {
    return this.#changing(id, by, async () => {
      const row = await this.#locked(id);
      demandMatch(ifMatch, (await this.#draftOf(row, await this.#drafts.find(id, by))).etag);
      if (row.live === null) throw new ProblemError("not-published", "There is no published version to go back to; delete the playbook instead.");
      await this.#drafts.drop(id, by);
      return this.draft(id, by);
    });
  }

  /** Changes a draft, and tells those who edit it. */
  #changing(id: string, by: string, work: () => Promise<PlaybookDraft>): Promise<PlaybookDraft> {
    return this.#news.change(work, ({ etag, live }) => ({ kind: "draft-saved", playbook: id, person: live === null ? null : by, etag }));
  }

  /** Makes a person's draft the live version; without a draft, the live one is published anew. Drafts of others stay as they are. */
  publish(id: string, note: string, ifMatch: string, by: string): Promise<PlaybookDraft & { version: number }> {
    return this.#publishing(id, by, note, null, async (row) => {
      const own = await this.#drafts.find(id, by);
      const { playbook, etag } = await this.#draftOf(row, own);
      const begun = own?.base ?? versionIn(ifMatch) ?? row.live;
      if (own || row.live === null || versionIn(ifMatch) === null) demandMatch(ifMatch, etag);
      if (begun !== row.live && row.live !== null)
        throw new ProblemError("published-meanwhile", `Version ${row.live} was published since you began. Merge it into your draft, then publish.`);
      await this.#drafts.drop(id, by);
      return playbook;
    });
  }

  /** Makes an earlier version the live one, as a version of its own. */
  rollBack(
    id: string,
    { version, over, note }: { readonly version: number; readonly over: number; readonly note: string },
    by: string,
  ): Promise<PlaybookDraft & { version: number }> {
    return this.#publishing(id, by, note, version, async (row) => {
      if (row.live !== over) throw new ProblemError("published-meanwhile", `Version ${row.live ?? 0} was published since you looked. Look at it before you roll back.`);
      if (version === row.live) throw new ProblemError("invalid-request", `Version ${version} is the live one.`);
      const playbook = await this.#version(id, version);
      if (!playbook) throw notFound("version");
      return playbook;
    });
  }

  async #publishing(
    id: string,
    by: string,
    note: string,
    rolledBackTo: number | null,
    choose: (row: PlaybookRow) => Promise<Playbook>,
  ): Promise<PlaybookDraft & { version: number }> {
    const publish = async () => {
      const row = await this.#locked(id);
      const playbook = await choose(row);
      await this.#demandNoErrors(playbook);
      const version = await this.#addVersion(playbook, row, note, by, { shipped: 0, shipped_hash: row.shipped_hash });
      return { ...(await this.draft(id, by)), version };
    };
    const done = await this.#news.change(publish, ({ version }) => ({ kind: "version-published", playbook: id, version, rolledBackTo }));
    for (const listener of this.#listeners) await listener();
    return done;
  }

  async #demandNoErrors(playbook: Playbook): Promise<void> {
    const errors = (await this.check(playbook)).filter((finding) => finding.severity === "error");
    if (errors.length === 0) return;
    const problems = errors.slice(0, 100).map(({ code, message, pointer }) => ({ code, message, pointer }));
    const first = errors[0]?.message ?? "";
    const detail = errors.length === 1 ? `There is one error: ${first}` : `There are ${errors.length} errors; the first: ${first}`;
    throw new ProblemError("has-errors", detail, { pointer: problems[0]?.pointer ?? "", problems });
  }

  /** Puts a shipped document on the shelf: once, again when it has changed, and never over a person's own. Tells whether it did. */
  install(playbook: Playbook): Promise<boolean> {
    const text = documentText(playbook);
    const hash = hashOf(text);
    return this.#store.atomically(async () => {
      await this.#store.lock(`playbook ${playbook.id}`);
      const row = await this.#row(playbook.id, true);
      if (row && (row.deleted === 1 || row.shipped === 0 || row.shipped_hash === hash)) return false;
      if (!row) {
        const empty = {
          live: null,
          draft: null,
          draft_by: null,
          updated_at: instant(Date.now()),
          updated_by: "Drawbridge",
          deleted: 0,
          last_version: 0,
          inputs: "[]",
          calls: "[]",
          triggers: 0,
        };
        await this.#store.run(
          this.#store.sql.insertInto("playbooks").values({ id: playbook.id, ...factsOf(playbook), ...(await this.#counted(playbook)), ...empty, shipped: 1, shipped_hash: hash }),
        );
      }
      await this.#addVersion(playbook, row ?? (await this.#known(playbook.id)), "Shipped with Drawbridge", "Drawbridge", { shipped: 1, shipped_hash: hash });
      return true;
    });
  }

  /** Counts findings anew, after connections or other playbooks have changed. */
  async recount(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const row = await this.#row(id);
      if (row)
        await this.#store.run(
          this.#store.sql
            .updateTable("playbooks")
            .set(await this.#counted((await this.#draftOf(row)).playbook))
            .where("id", "=", id),
        );
    }
  }

  async delete(id: string): Promise<void> {
    await this.#store.atomically(async () => {
      await this.#locked(id);
      const open = await this.#store.first(this.#store.sql.selectFrom("runs").select("id").where("playbook_id", "=", id).where("ended_at", "is", null).limit(1));
      if (open) throw new ProblemError("in-use", "Runs of this playbook are in flight; cancel them or wait for them.");
      await this.#drafts.dropAll(id);
      await this.#store.run(this.#store.sql.updateTable("playbooks").set({ deleted: 1, draft: null, draft_by: null, live: null, triggers: 0 }).where("id", "=", id));
      await this.#store.run(this.#store.sql.deleteFrom("playbook_tags").where("playbook_id", "=", id));
      await this.#store.run(this.#store.sql.deleteFrom("playbook_connections").where("playbook_id", "=", id));
      await this.#store.run(this.#store.sql.deleteFrom("playbook_actions").where("playbook_id", "=", id));
      await this.#store.run(this.#store.sql.deleteFrom("playbook_calls").where("playbook_id", "=", id));
    });
    for (const listener of this.#listeners) await listener();
  }

  async versions(id: string, query: { cursor?: string | undefined; limit?: number | undefined }) {
    await this.#known(id);
    const limit = query.limit ?? 50;
    const place = readCursor(query.cursor, 1);
    const all = this.#store.sql.selectFrom("playbook_versions").where("playbook_id", "=", id);
    const rows = await this.#store.all(
      all
        .select(["version", "at", "by", "note", "size"])
        .$if(place !== null, (from) => from.where("version", "<", Number(place?.[0])))
        .orderBy("version", "desc")
        .limit(limit + 1),
    );
    const items = rows.slice(0, limit).map((row) => ({ ...row, size: row.size === null ? null : (JSON.parse(row.size) as VersionSize) }));
    const last = items.at(-1);
    const total = (await this.#store.first(all.select((select) => select.fn.countAll<number>().as("count"))))?.count ?? 0;
    return { items, next: rows.length > limit && last ? writeCursor([last.version]) : null, total };
  }

  async version(id: string, version: number) {
    await this.#known(id);
    const facts = await this.versionFacts(id, version);
    const read = await this.read(id, version);
    if (!read) throw notFound("version");
    return { playbook: read.playbook, version, ...facts };
  }

  /** When a version was published, by whom, and what was noted. */
  async versionFacts(id: string, version: number): Promise<{ at: string; by: string; note: string }> {
    const row = await this.#store.first(this.#store.sql.selectFrom("playbook_versions").select(["at", "by", "note"]).where("playbook_id", "=", id).where("version", "=", version));
    if (!row) throw notFound("version");
    return row;
  }

  /** The live playbooks that alerts start. */
  async triggered(): Promise<readonly Playbook[]> {
    const rows = await this.#store.all(this.#store.sql.selectFrom("playbooks").select("id").where("triggers", "=", 1).where("deleted", "=", 0));
    const live: Playbook[] = [];
    for (const { id } of rows) {
      const read = await this.read(id);
      if (read) live.push(read.playbook);
    }
    return live;
  }

  async #addVersion(playbook: Playbook, row: PlaybookRow, note: string, by: string, shipped: { readonly shipped: number; readonly shipped_hash: string | null }): Promise<number> {
    const text = documentText(playbook);
    const version = row.last_version + 1;
    const at = instant(Date.now());
    const before = await this.#version(playbook.id, row.last_version);
    const size = before && JSON.stringify(versionSize(before, playbook));
    await this.#store.run(this.#store.sql.insertInto("playbook_versions").values({ playbook_id: playbook.id, version, document: text, at, by, note, size }));
    const change = {
      ...factsOf(playbook),
      ...(await this.#counted(playbook)),
      ...liveFactsOf(playbook),
      live: version,
      last_version: version,
      draft: null,
      draft_by: null,
      updated_at: at,
      updated_by: by,
      ...shipped,
    };
    await this.#store.run(this.#store.sql.updateTable("playbooks").set(change).where("id", "=", playbook.id));
    await indexPlaybook(this.#store, playbook);
    return version;
  }

  async #counted(playbook: Playbook): Promise<{ errors: number; warnings: number }> {
    const findings = await this.check(playbook);
    const count = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity).length;
    return { errors: count("error"), warnings: count("warning") };
  }

  async #row(id: string, deleted = false): Promise<PlaybookRow | undefined> {
    const row = await this.#store.first(this.#store.sql.selectFrom("playbooks").selectAll().where("id", "=", id));
    return row && (deleted || row.deleted === 0) ? row : undefined;
  }

  async #known(id: string): Promise<PlaybookRow> {
    const row = await this.#row(id);
    if (!row) throw notFound("playbook");
    return row;
  }

  /** The row, as it stays until the change under way ends. */
  async #locked(id: string): Promise<PlaybookRow> {
    await this.#store.lock(`playbook ${id}`);
    return this.#known(id);
  }

  /** What whoever has this draft edits; without one, the live version, or what everybody edits until there is one. */
  async #draftOf(row: PlaybookRow, own?: PlaybookDraftRow): Promise<PlaybookDraft> {
    if (own && row.live !== null)
      return {
        playbook: parsed(own.document),
        etag: draftEtag(own.document, own.base),
        live: row.live,
        base: own.base,
        draft: true,
        updatedAt: own.at,
        updatedBy: own.person,
      };
    const playbook = row.live === null ? (row.draft === null ? null : parsed(row.draft)) : await this.#version(row.id, row.live);
    if (!playbook) throw new Error(`The playbook ${row.id} has neither a draft nor a version.`);
    const etag = row.live === null ? draftEtag(row.draft ?? "", null) : versionEtag(row.live);
    return { playbook, etag, live: row.live, base: row.live, draft: row.live === null, updatedAt: row.updated_at, updatedBy: row.updated_by };
  }
}

function parsed(text: string): Playbook {
  const read = parsePlaybookText(text, { maxBytes: Number.MAX_SAFE_INTEGER });
  if (!read.ok) throw new Error(`A stored playbook cannot be read: ${read.problems[0]?.message ?? ""}`);
  return read.playbook;
}

import { checkPlaybook, type Finding, parsePlaybookText, type Playbook } from "@drawbridge/playbook";
import type { PlaybookSource } from "@drawbridge/engine";
import type { PlaybookDraft } from "@drawbridge/protocol";
import { instant } from "../instant.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import { readCursor, writeCursor } from "../store/cursor.ts";
import type { Store } from "../store/store.ts";
import type { PlaybookRow } from "../store/tables.ts";
import { connectionsOf, documentText, factsOf, hashOf, liveFactsOf } from "./document.ts";
import { demandMatch, etagOf } from "./etag.ts";
import { playbookCatalog, type ServerCatalog } from "./playbook-catalog.ts";

const mostKept = 64;

/** Drafts and immutable versions of playbooks, stored canonically. */
export class PlaybookShelf implements PlaybookSource {
  readonly #store: Store;
  readonly #catalog: ServerCatalog;
  readonly #parsed = new Map<string, Playbook>();
  readonly #listeners = new Set<() => void>();

  constructor(store: Store, catalog: ServerCatalog) {
    this.#store = store;
    this.#catalog = catalog;
  }

  /** Hears when what is live has changed. */
  onPublish(listener: () => void): void {
    this.#listeners.add(listener);
  }

  async load(id: string, version?: number): Promise<{ playbook: Playbook; version: number } | null> {
    return this.read(id, version);
  }

  /** A published version, without `version` the live one; versions outlive their playbook. */
  read(id: string, version?: number): { playbook: Playbook; version: number } | null {
    const wanted = version ?? this.#row(id)?.live;
    if (wanted === undefined || wanted === null) return null;
    const key = `${id}@${wanted}`;
    const known = this.#parsed.get(key);
    if (known) return { playbook: known, version: wanted };
    const row = this.#store.first(this.#store.sql.selectFrom("playbook_versions").select("document").where("playbook_id", "=", id).where("version", "=", wanted));
    if (!row) return null;
    const playbook = parsed(row.document);
    if (this.#parsed.size >= mostKept) this.#parsed.delete(this.#parsed.keys().next().value ?? "");
    this.#parsed.set(key, playbook);
    return { playbook, version: wanted };
  }

  check(playbook: Playbook): readonly Finding[] {
    return checkPlaybook(playbook, playbookCatalog(this.#store, this.#catalog, playbook));
  }

  draft(id: string): PlaybookDraft {
    return this.#draftOf(this.#known(id));
  }

  create(playbook: Playbook, by: string): PlaybookDraft {
    const text = documentText(playbook);
    return this.#store.atomically(() => {
      const before = this.#row(playbook.id, true);
      if (before && before.deleted === 0) throw new ProblemError("already-exists", `There is a playbook ${playbook.id} already.`, { pointer: "/id" });
      const row = {
        ...factsOf(playbook),
        ...this.#counted(playbook),
        live: null,
        draft: text,
        draft_by: by,
        etag: etagOf(text, null, true),
        updated_at: instant(Date.now()),
        updated_by: by,
        shipped: 0,
        shipped_hash: null,
        deleted: 0,
        inputs: "[]",
        calls: "[]",
        triggers: 0,
      };
      if (before) this.#store.run(this.#store.sql.updateTable("playbooks").set(row).where("id", "=", playbook.id));
      else this.#store.run(this.#store.sql.insertInto("playbooks").values({ id: playbook.id, last_version: 0, ...row }));
      this.#index(playbook);
      return this.draft(playbook.id);
    });
  }

  saveDraft(id: string, playbook: Playbook, ifMatch: string, by: string): PlaybookDraft {
    if (playbook.id !== id) throw new ProblemError("invalid-document", `The document's id is ${playbook.id}; this playbook's is ${id}.`, { pointer: "/id" });
    const text = documentText(playbook);
    const findings = this.#counted(playbook);
    return this.#store.atomically(() => {
      const row = this.#known(id);
      demandMatch(ifMatch, row.etag);
      const change = { ...factsOf(playbook), ...findings, draft: text, draft_by: by, etag: etagOf(text, row.live, true), updated_at: instant(Date.now()), updated_by: by };
      this.#store.run(this.#store.sql.updateTable("playbooks").set(change).where("id", "=", id));
      this.#index(playbook);
      return this.draft(id);
    });
  }

  discardDraft(id: string, ifMatch: string): PlaybookDraft {
    return this.#store.atomically(() => {
      const row = this.#known(id);
      demandMatch(ifMatch, row.etag);
      const live = this.read(id);
      if (!live) throw new ProblemError("not-published", "There is no published version to go back to; delete the playbook instead.");
      const change = { ...factsOf(live.playbook), ...this.#counted(live.playbook), draft: null, draft_by: null, etag: etagOf(documentText(live.playbook), row.live, false) };
      this.#store.run(this.#store.sql.updateTable("playbooks").set(change).where("id", "=", id));
      this.#index(live.playbook);
      return this.draft(id);
    });
  }

  /** Makes the draft the live version; without a draft, the live one is published anew. */
  publish(id: string, note: string, ifMatch: string, by: string): PlaybookDraft & { version: number } {
    const done = this.#store.atomically(() => {
      const row = this.#known(id);
      demandMatch(ifMatch, row.etag);
      const { playbook } = this.#draftOf(row);
      const errors = this.check(playbook).filter((finding) => finding.severity === "error");
      if (errors.length > 0) {
        const problems = errors.slice(0, 100).map(({ code, message, pointer }) => ({ code, message, pointer }));
        throw new ProblemError(
          "has-errors",
          errors.length === 1 ? `There is one error: ${errors[0]?.message ?? ""}` : `There are ${errors.length} errors; the first: ${errors[0]?.message ?? ""}`,
          { pointer: problems[0]?.pointer ?? "", problems },
        );
      }
      const version = this.#addVersion(playbook, row, note, by, { shipped: 0, shipped_hash: row.shipped_hash });
      return { ...this.draft(id), version };
    });
    for (const listener of this.#listeners) listener();
    return done;
  }

  /** Puts a shipped document on the shelf: once, again when it has changed, and never over a person's own. Tells whether it did. */
  install(playbook: Playbook): boolean {
    const text = documentText(playbook);
    const hash = hashOf(text);
    return this.#store.atomically(() => {
      const row = this.#row(playbook.id, true);
      if (row && (row.deleted === 1 || row.shipped === 0 || row.draft !== null || row.shipped_hash === hash)) return false;
      if (!row) {
        const empty = {
          live: null,
          draft: null,
          draft_by: null,
          etag: "",
          updated_at: instant(Date.now()),
          updated_by: "Drawbridge",
          deleted: 0,
          last_version: 0,
          inputs: "[]",
          calls: "[]",
          triggers: 0,
        };
        this.#store.run(
          this.#store.sql.insertInto("playbooks").values({ id: playbook.id, ...factsOf(playbook), ...this.#counted(playbook), ...empty, shipped: 1, shipped_hash: hash }),
        );
      }
      this.#addVersion(playbook, row ?? this.#known(playbook.id), "Shipped with Drawbridge", "Drawbridge", { shipped: 1, shipped_hash: hash });
      return true;
    });
  }

  /** Counts findings anew, after connections or other playbooks have changed. */
  recount(ids: readonly string[]): void {
    for (const id of ids) {
      const row = this.#row(id);
      if (row)
        this.#store.run(
          this.#store.sql
            .updateTable("playbooks")
            .set(this.#counted(this.#draftOf(row).playbook))
            .where("id", "=", id),
        );
    }
  }

  delete(id: string): void {
    this.#store.atomically(() => {
      this.#known(id);
      const open = this.#store.first(this.#store.sql.selectFrom("runs").select("id").where("playbook_id", "=", id).where("ended_at", "is", null).limit(1));
      if (open) throw new ProblemError("in-use", "Runs of this playbook are in flight; cancel them or wait for them.");
      this.#store.run(this.#store.sql.updateTable("playbooks").set({ deleted: 1, draft: null, draft_by: null, live: null, triggers: 0 }).where("id", "=", id));
      this.#store.run(this.#store.sql.deleteFrom("playbook_tags").where("playbook_id", "=", id));
      this.#store.run(this.#store.sql.deleteFrom("playbook_connections").where("playbook_id", "=", id));
    });
    for (const listener of this.#listeners) listener();
  }

  versions(id: string, query: { cursor?: string | undefined; limit?: number | undefined }) {
    this.#known(id);
    const limit = query.limit ?? 50;
    const place = readCursor(query.cursor, 1);
    const all = this.#store.sql.selectFrom("playbook_versions").where("playbook_id", "=", id);
    const rows = this.#store.all(
      all
        .select(["version", "at", "by", "note"])
        .$if(place !== null, (from) => from.where("version", "<", Number(place?.[0])))
        .orderBy("version", "desc")
        .limit(limit + 1),
    );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const total = this.#store.first(all.select((select) => select.fn.countAll<number>().as("count")))?.count ?? 0;
    return { items, next: rows.length > limit && last ? writeCursor([last.version]) : null, total };
  }

  version(id: string, version: number) {
    this.#known(id);
    const row = this.#store.first(this.#store.sql.selectFrom("playbook_versions").select(["at", "by", "note"]).where("playbook_id", "=", id).where("version", "=", version));
    const read = this.read(id, version);
    if (!row || !read) throw notFound("version");
    return { playbook: read.playbook, version, ...row };
  }

  /** The live playbooks that alerts start. */
  triggered(): readonly Playbook[] {
    const rows = this.#store.all(this.#store.sql.selectFrom("playbooks").select("id").where("triggers", "=", 1).where("deleted", "=", 0));
    return rows.flatMap(({ id }) => this.read(id)?.playbook ?? []);
  }

  #addVersion(playbook: Playbook, row: PlaybookRow, note: string, by: string, shipped: { readonly shipped: number; readonly shipped_hash: string | null }): number {
    const text = documentText(playbook);
    const version = row.last_version + 1;
    const at = instant(Date.now());
    this.#store.run(this.#store.sql.insertInto("playbook_versions").values({ playbook_id: playbook.id, version, document: text, at, by, note }));
    const change = {
      ...factsOf(playbook),
      ...this.#counted(playbook),
      ...liveFactsOf(playbook),
      live: version,
      last_version: version,
      draft: null,
      draft_by: null,
      etag: etagOf(text, version, false),
      updated_at: at,
      updated_by: by,
      ...shipped,
    };
    this.#store.run(this.#store.sql.updateTable("playbooks").set(change).where("id", "=", playbook.id));
    this.#index(playbook);
    return version;
  }

  #counted(playbook: Playbook): { errors: number; warnings: number } {
    const findings = this.check(playbook);
    const count = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity).length;
    return { errors: count("error"), warnings: count("warning") };
  }

  #index(playbook: Playbook): void {
    const { sql } = this.#store;
    this.#store.run(sql.deleteFrom("playbook_tags").where("playbook_id", "=", playbook.id));
    for (const tag of new Set(playbook.tags ?? [])) this.#store.run(sql.insertInto("playbook_tags").values({ playbook_id: playbook.id, tag }));
    this.#store.run(sql.deleteFrom("playbook_connections").where("playbook_id", "=", playbook.id));
    for (const connection of connectionsOf(playbook)) this.#store.run(sql.insertInto("playbook_connections").values({ playbook_id: playbook.id, connection }));
  }

  #row(id: string, deleted = false): PlaybookRow | undefined {
    const row = this.#store.first(this.#store.sql.selectFrom("playbooks").selectAll().where("id", "=", id));
    return row && (deleted || row.deleted === 0) ? row : undefined;
  }

  #known(id: string): PlaybookRow {
    const row = this.#row(id);
    if (!row) throw notFound("playbook");
    return row;
  }

  #draftOf(row: PlaybookRow): PlaybookDraft {
    const playbook = row.draft === null ? this.read(row.id)?.playbook : parsed(row.draft);
    if (!playbook) throw new Error(`The playbook ${row.id} has neither a draft nor a version.`);
    return { playbook, etag: row.etag, live: row.live, draft: row.draft !== null, updatedAt: row.updated_at, updatedBy: row.updated_by };
  }
}

function parsed(text: string): Playbook {
  const read = parsePlaybookText(text, { maxBytes: Number.MAX_SAFE_INTEGER });
  if (!read.ok) throw new Error(`A stored playbook cannot be read: ${read.problems[0]?.message ?? ""}`);
  return read.playbook;
}

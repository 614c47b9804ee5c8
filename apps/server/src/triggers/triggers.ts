import type { TriggerView } from "@drawbridge/protocol";
import { type Json, valueProblems } from "@drawbridge/playbook";
import { sql } from "kysely";
import type { Viewer } from "../access/viewer.ts";
import { runVisible } from "../access/visible.ts";
import { instant } from "../instant.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import type { Sealer } from "../secrets/sealer.ts";
import { readCursor, writeCursor } from "../store/cursor.ts";
import { anywhere } from "../store/like.ts";
import { newId } from "../store/new-id.ts";
import type { Store } from "../store/store.ts";
import { nextFirings } from "./cron.ts";
import { hashOfToken, type HookSignature, newToken } from "./hook-token.ts";
import type { TriggerRow } from "./trigger-row.ts";

type Named = { readonly [key: string]: Json };
type Missed = "skip" | "once" | "all";

interface SignatureInput {
  readonly header?: string | undefined;
  readonly timestampHeader?: string | null | undefined;
  readonly secret?: string | undefined;
}

/** What can be set of a trigger; what is left out stays, or takes its default. */
export interface TriggerInput {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly inputs?: Named | null | undefined;
  readonly signature?: SignatureInput | null | undefined;
  readonly perMinute?: number | undefined;
  readonly cron?: string | undefined;
  readonly zone?: string | undefined;
  readonly missed?: Missed | undefined;
}

interface ListQuery {
  readonly search?: string | undefined;
  readonly playbook?: string | undefined;
  readonly kind?: "webhook" | "schedule" | undefined;
  readonly state?: "on" | "off" | "failing" | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const defaultPerMinute = 600;
const defaultHeader = "X-Signature-256";
const shownFirings = 5;

/** `run_status` is null also when the viewer may not know of the run. */
type ListedRow = TriggerRow & { readonly playbook_name: string | null; readonly run_status: "running" | "paused" | "succeeded" | "failed" | "cancelled" | null };

/** Webhooks and schedules as they are stored and shown. */
export class Triggers {
  readonly #store: Store;
  readonly #sealer: Sealer;
  readonly #now: () => number;

  constructor(store: Store, sealer: Sealer, now: () => number) {
    this.#store = store;
    this.#sealer = sealer;
    this.#now = now;
  }

  async list(viewer: Viewer, query: ListQuery) {
    const limit = query.limit ?? 50;
    const place = readCursor(query.cursor, 1);
    const words = anywhere(query.search ?? "");
    const matching = this.#store.sql
      .selectFrom("triggers")
      .leftJoin("playbooks", "playbooks.id", "triggers.playbook_id")
      .$if(query.playbook !== undefined, (from) => from.where("triggers.playbook_id", "=", query.playbook ?? ""))
      .$if(query.kind !== undefined, (from) => from.where("triggers.kind", "=", query.kind ?? "webhook"))
      .$if(query.state === "on", (from) => from.where("triggers.enabled", "=", 1))
      .$if(query.state === "off", (from) => from.where("triggers.enabled", "=", 0))
      .$if(query.state === "failing", (from) => from.where("triggers.last_error", "is not", null))
      .$if(Boolean(query.search), (from) =>
        from.where(
          sql<boolean>`(lower(triggers.name) like ${words} escape '\\' or lower(triggers.playbook_id) like ${words} escape '\\' or lower(coalesce(playbooks.name, '')) like ${words} escape '\\'
            or triggers.id like ${words} escape '\\')`,
        ),
      );
    const rows = await this.#store.all(
      matching
        .leftJoin("runs", (join) => join.onRef("runs.id", "=", "triggers.last_run").on(runVisible(viewer)))
        .selectAll("triggers")
        .select(["playbooks.name as playbook_name", "runs.status as run_status"])
        .$if(place !== null, (from) => from.where("triggers.id", "<", String(place?.[0])))
        .orderBy("triggers.id", "desc")
        .limit(limit + 1),
    );
    const total = await this.#store.first(matching.select((select) => select.fn.countAll<number>().as("count")));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return { items: shown.map((row) => this.#view(row)), next: rows.length > limit && last ? writeCursor([last.id]) : null, total: Number(total?.count ?? 0) };
  }

  async view(viewer: Viewer, id: string): Promise<TriggerView> {
    const row = await this.#store.first(
      this.#store.sql
        .selectFrom("triggers")
        .leftJoin("playbooks", "playbooks.id", "triggers.playbook_id")
        .leftJoin("runs", (join) => join.onRef("runs.id", "=", "triggers.last_run").on(runVisible(viewer)))
        .selectAll("triggers")
        .select(["playbooks.name as playbook_name", "runs.status as run_status"])
        .where("triggers.id", "=", id),
    );
    if (!row) throw notFound("trigger");
    return this.#view(row);
  }

  async row(id: string): Promise<TriggerRow> {
    const row = await this.#store.first(this.#store.sql.selectFrom("triggers").selectAll().where("id", "=", id));
    if (!row) throw notFound("trigger");
    return row;
  }

  /** The webhook that is on and has this token, when its playbook is there. */
  async byTokenHash(hash: string): Promise<TriggerRow | undefined> {
    return await this.#store.first(
      this.#store.sql
        .selectFrom("triggers")
        .innerJoin("playbooks", "playbooks.id", "triggers.playbook_id")
        .selectAll("triggers")
        .where("token_hash", "=", hash)
        .where("enabled", "=", 1)
        .where("playbooks.deleted", "=", 0),
    );
  }

  async create(
    kind: "webhook" | "schedule",
    playbook: string,
    given: TriggerInput & { readonly name: string },
    viewer: Viewer,
  ): Promise<{ trigger: TriggerView; token: string | null }> {
    await this.#demandPlaybook(playbook);
    const id = newId(kind === "webhook" ? "h" : "s", this.#now());
    const token = kind === "webhook" ? newToken() : null;
    const empty: TriggerRow = {
      id,
      kind,
      name: given.name,
      playbook_id: playbook,
      enabled: 1,
      disabled_reason: null,
      inputs: kind === "schedule" ? "{}" : null,
      ...tokenColumns(token),
      signature: null,
      sealed: null,
      per_minute: kind === "webhook" ? defaultPerMinute : null,
      cron: null,
      zone: kind === "schedule" ? "UTC" : null,
      missed: kind === "schedule" ? "once" : null,
      next_at: null,
      claimed_until: null,
      last_fired_at: null,
      last_run: null,
      last_error: null,
      created_at: instant(this.#now()),
      created_by: viewer.email,
    };
    await this.#store.run(this.#store.sql.insertInto("triggers").values({ ...empty, ...this.#changeOf(empty, given) }));
    return { trigger: await this.view(viewer, id), token };
  }

  async update(viewer: Viewer, id: string, given: TriggerInput): Promise<TriggerView> {
    const row = await this.row(id);
    if (given.enabled === true) await this.#demandPlaybook(row.playbook_id);
    const change = this.#changeOf(row, given);
    if (Object.keys(change).length > 0) await this.#store.run(this.#store.sql.updateTable("triggers").set(change).where("id", "=", id));
    return this.view(viewer, id);
  }

  async delete(id: string): Promise<void> {
    if ((await this.#store.run(this.#store.sql.deleteFrom("triggers").where("id", "=", id))) === 0) throw notFound("trigger");
  }

  async rotate(viewer: Viewer, id: string): Promise<{ trigger: TriggerView; token: string }> {
    const row = await this.row(id);
    if (row.kind !== "webhook") throw new ProblemError("invalid-request", "A schedule has no token.");
    const token = newToken();
    await this.#store.run(this.#store.sql.updateTable("triggers").set(tokenColumns(token)).where("id", "=", id));
    return { trigger: await this.view(viewer, id), token };
  }

  /** Turns off the triggers of playbooks that are deleted. */
  async disableOrphans(): Promise<void> {
    const { sql: db } = this.#store;
    await this.#store.run(
      db
        .updateTable("triggers")
        .set({ enabled: 0, next_at: null, claimed_until: null, disabled_reason: "The playbook was deleted." })
        .where("enabled", "=", 1)
        .where("playbook_id", "in", db.selectFrom("playbooks").select("id").where("deleted", "=", 1)),
    );
  }

  /** With the secret in the clear; never leaves the server. */
  signatureOf(row: TriggerRow): (HookSignature & { readonly secret: string }) | null {
    if (row.signature === null || row.sealed === null) return null;
    return { ...(JSON.parse(row.signature) as HookSignature), secret: this.#sealer.open(row.sealed, `trigger ${row.id}`) };
  }

  async #demandPlaybook(id: string): Promise<void> {
    const known = await this.#store.first(this.#store.sql.selectFrom("playbooks").select("id").where("id", "=", id).where("deleted", "=", 0));
    if (!known) throw new ProblemError("not-found", `There is no playbook ${id}.`, { pointer: "/playbook" });
  }

  #changeOf(row: TriggerRow, given: TriggerInput): Partial<TriggerRow> {
    const { name, enabled, inputs } = given;
    if (inputs !== undefined && inputs !== null) demandExpressions(inputs);
    if (inputs === null && row.kind === "schedule") throw new ProblemError("invalid-request", "A schedule has no body to take its inputs from.", { pointer: "/inputs" });
    return {
      ...(name === undefined ? {} : { name }),
      ...(inputs === undefined ? {} : { inputs: inputs === null ? null : JSON.stringify(inputs) }),
      ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0, disabled_reason: null }),
      ...(row.kind === "webhook" ? this.#hookChange(row, given) : this.#scheduleChange(row, given)),
    };
  }

  #hookChange(row: TriggerRow, { signature, perMinute, cron, zone, missed }: TriggerInput): Partial<TriggerRow> {
    if (cron !== undefined || zone !== undefined || missed !== undefined) throw new ProblemError("invalid-request", "A webhook has no schedule.", { pointer: "/cron" });
    const rate = perMinute === undefined ? {} : { per_minute: perMinute };
    if (signature === undefined) return rate;
    if (signature === null) return { ...rate, signature: null, sealed: null };
    const before = row.signature === null ? null : (JSON.parse(row.signature) as HookSignature);
    if (row.sealed === null && signature.secret === undefined) throw new ProblemError("invalid-request", "A signature needs a secret.", { pointer: "/signature/secret" });
    const after: HookSignature = {
      header: signature.header ?? before?.header ?? defaultHeader,
      timestampHeader: signature.timestampHeader === undefined ? (before?.timestampHeader ?? null) : signature.timestampHeader,
    };
    return { ...rate, signature: JSON.stringify(after), ...(signature.secret === undefined ? {} : { sealed: this.#sealer.seal(signature.secret, `trigger ${row.id}`) }) };
  }

  #scheduleChange(row: TriggerRow, { signature, perMinute, enabled, ...given }: TriggerInput): Partial<TriggerRow> {
    if (signature !== undefined || perMinute !== undefined) throw new ProblemError("invalid-request", "A schedule has neither signature nor rate.", { pointer: "/signature" });
    const cron = given.cron ?? row.cron ?? "";
    const zone = given.zone ?? row.zone ?? "UTC";
    const [next] = nextFirings(cron, zone, this.#now(), 1);
    if (next === undefined) throw new ProblemError("invalid-request", "This expression never fires.", { pointer: "/cron" });
    const on = enabled ?? row.enabled === 1;
    const moved = cron !== row.cron || zone !== row.zone || enabled !== undefined;
    return {
      cron,
      zone,
      ...(given.missed === undefined ? {} : { missed: given.missed }),
      ...(moved ? { next_at: on ? next : null, claimed_until: null } : {}),
    };
  }

  #view(row: ListedRow): TriggerView {
    const { cron, zone, missed } = row;
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      playbook: { id: row.playbook_id, name: row.playbook_name ?? row.playbook_id },
      enabled: row.enabled === 1,
      disabledReason: row.disabled_reason,
      inputs: row.inputs === null ? null : (JSON.parse(row.inputs) as Record<string, Json>),
      webhook:
        row.kind === "webhook"
          ? {
              tokenHint: row.token_hint ?? "",
              signature: row.signature === null ? null : (JSON.parse(row.signature) as HookSignature),
              perMinute: row.per_minute ?? defaultPerMinute,
            }
          : null,
      schedule:
        cron !== null && zone !== null && missed !== null ? { cron, zone, missed, next: row.next_at === null ? [] : nextFirings(cron, zone, this.#now(), shownFirings) } : null,
      lastFiredAt: row.last_fired_at,
      lastRun: row.last_run === null || row.run_status === null ? null : { id: row.last_run, status: row.run_status },
      lastError: row.last_error === null ? null : (JSON.parse(row.last_error) as TriggerView["lastError"]),
      createdAt: row.created_at,
      createdBy: row.created_by,
    };
  }
}

const tokenColumns = (token: string | null) => ({ token_hash: token === null ? null : hashOfToken(token), token_hint: token === null ? null : token.slice(-4) });

function demandExpressions(inputs: Named): void {
  const problems = valueProblems(inputs).map(({ code, message, pointer }) => ({ code, message, pointer: `/inputs${pointer}` }));
  const [first] = problems;
  if (first) throw new ProblemError("invalid-request", first.message, { pointer: first.pointer, problems });
}

import type { OpenAsk } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import type { AskView } from "@drawbridge/protocol";
import { sql } from "kysely";
import { runVisible } from "../access/visible.ts";
import { holdsRole, type Viewer } from "../access/viewer.ts";
import { notFound } from "../problem-error.ts";
import { readCursor, writeCursor } from "../store/cursor.ts";
import type { Store } from "../store/store.ts";
import { type RunSecrets, secretsOf, tells } from "./run-secrets.ts";

interface ListQuery {
  readonly state?: "open" | "answered" | "all" | undefined;
  readonly mine?: "true" | "false" | undefined;
  readonly caseId?: string | undefined;
  readonly run?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

type VersionOf = (playbook: string, version: number) => Promise<Playbook | null>;

/** Questions to people, and who may answer them. */
export class AskViews {
  readonly #store: Store;
  readonly #version: VersionOf;

  constructor(store: Store, version: VersionOf) {
    this.#store = store;
    this.#version = version;
  }

  async list(viewer: Viewer, query: ListQuery) {
    const limit = query.limit ?? 50;
    const place = readCursor(query.cursor, 2);
    const state = query.state ?? "open";
    const rows = await this.#store.all(
      this.#rows(viewer)
        .$if(state !== "all", (from) => from.where("asks.state", "=", state === "answered" ? "answered" : "open"))
        .$if(query.caseId !== undefined, (from) => from.where("runs.case_id", "=", query.caseId ?? ""))
        .$if(query.run !== undefined, (from) => from.where("runs.id", "=", query.run ?? ""))
        .orderBy("asks.opened_at", "desc")
        .orderBy("asks.id", "desc")
        .limit(5_000),
    );
    const known = new Map<string, RunSecrets>();
    const views: AskView[] = [];
    for (const row of rows) {
      const ask = await this.#view(viewer, row, known);
      if (ask && (query.mine !== "true" || ask.mayAnswer)) views.push(ask);
    }
    const rest = place === null ? views : views.filter((ask) => ask.openedAt < String(place[0]) || (ask.openedAt === String(place[0]) && ask.id < String(place[1])));
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    return { items, next: rest.length > limit && last ? writeCursor([last.openedAt, last.id]) : null, total: views.length };
  }

  /** The ask as this viewer sees it; null when they may not know of it. */
  async find(viewer: Viewer, id: string): Promise<AskView | null> {
    const row = await this.#store.first(this.#rows(viewer).where("asks.id", "=", id));
    return row ? await this.#view(viewer, row) : null;
  }

  async visible(viewer: Viewer, id: string): Promise<AskView> {
    const ask = await this.find(viewer, id);
    if (!ask) throw notFound("question");
    return ask;
  }

  #rows(viewer: Viewer) {
    return this.#store.sql
      .selectFrom("asks")
      .innerJoin("runs", "runs.id", "asks.run_id")
      .leftJoin("playbooks", "playbooks.id", "runs.playbook_id")
      .leftJoin("cases", "cases.id", "runs.case_id")
      .where(runVisible(viewer))
      .select([
        "asks.id",
        "asks.run_id",
        "asks.step",
        "asks.ask",
        "asks.opened_at",
        "asks.until",
        "asks.state",
        "asks.answer",
        "asks.answered_by",
        "asks.closed_at",
        "runs.playbook_id",
        "runs.playbook_version",
        "runs.case_id",
        "runs.parent_run",
        "playbooks.name as playbook_name",
        "cases.owner as case_owner",
        sql<number>`case when exists (select 1 from case_members as team where team.case_id = runs.case_id and team.email = ${viewer.email}) then 1 else 0 end`.as("is_member"),
      ]);
  }

  async #view(viewer: Viewer, row: AskRowRead, known = new Map<string, RunSecrets>()): Promise<AskView | null> {
    const { title, prompt, context, fields, branches, to } = JSON.parse(row.ask) as OpenAsk;
    const secrets =
      known.get(row.run_id) ??
      (await secretsOf(this.#store, viewer, { id: row.run_id, case_id: row.case_id, parent_run: row.parent_run }, await this.#version(row.playbook_id, row.playbook_version)));
    known.set(row.run_id, secrets);
    if (secrets.steps.has(row.step) || tells(row.ask, secrets)) return null;
    return {
      id: row.id,
      run: row.run_id,
      playbook: { id: row.playbook_id, name: row.playbook_name ?? row.playbook_id },
      step: row.step,
      caseId: row.case_id,
      title,
      prompt,
      context: { ...context },
      fields: fields.map(({ options, ...field }) => ({ ...field, ...(options === undefined ? {} : { options: [...options] }) })),
      branches: branches.map((branch) => ({ ...branch })),
      openedAt: row.opened_at,
      until: row.until,
      state: row.state,
      answer: row.answer,
      answeredBy: row.answered_by,
      answeredAt: row.state === "answered" ? row.closed_at : null,
      mayAnswer: row.state === "open" && mayAnswer(viewer, to, row.case_owner === viewer.email, row.is_member === 1),
    };
  }
}

interface AskRowRead {
  readonly id: string;
  readonly run_id: string;
  readonly step: string;
  readonly ask: string;
  readonly opened_at: string;
  readonly until: string | null;
  readonly state: AskView["state"];
  readonly answer: string | null;
  readonly answered_by: string | null;
  readonly closed_at: string | null;
  readonly playbook_id: string;
  readonly playbook_version: number;
  readonly case_id: string | null;
  readonly parent_run: string | null;
  readonly playbook_name: string | null;
  readonly case_owner: string | null;
  readonly is_member: number;
}

/** Those whom the ask names; without a name, analysts. Admins may always, so that no run waits for somebody who has left. */
function mayAnswer(viewer: Viewer, to: OpenAsk["to"], isOwner: boolean, isMember: boolean): boolean {
  if (!holdsRole(viewer, "analyst")) return false;
  if (viewer.role === "admin") return true;
  const named = (to.people?.length ?? 0) > 0 || (to.roles?.length ?? 0) > 0 || to.caseOwner === true || to.caseMembers === true;
  if (!named) return true;
  return (
    (to.people ?? []).some((email) => email.toLowerCase() === viewer.email) ||
    (to.roles ?? []).some((role) => role === viewer.role) ||
    (to.caseOwner === true && isOwner) ||
    (to.caseMembers === true && (isMember || isOwner))
  );
}

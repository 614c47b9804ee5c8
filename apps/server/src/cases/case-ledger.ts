import { AsyncLocalStorage } from "node:async_hooks";
import { ActionError } from "@drawbridge/integration-kit";
import type { Candidate, CaseField, CaseRecord, CaseSnapshot, DeskCall, FileEvent, Provenance, SlaClock } from "@drawbridge/integrations/cases";
import type { Json } from "@drawbridge/playbook";
import type { WarRoomEntry } from "@drawbridge/protocol";
import { maySeeCase } from "../access/visible.ts";
import { instant } from "../instant.ts";
import type { Bus } from "../processes/bus.ts";
import type { People } from "../sign-in/people.ts";
import { chance } from "../store/new-id.ts";
import type { Store } from "../store/store.ts";
import type { CaseRow } from "../store/tables.ts";
import type { CaseEvent, CaseListener } from "./case-events.ts";
import { caseNotices } from "./case-notices.ts";
import type { CaseRecords } from "./case-records.ts";

/** A step's name and integration, as the run's version of the playbook tells. */
export type StepFacts = (run: string, step: string) => Promise<{ readonly name: string; readonly integration: string | null } | null>;

type Pending = Map<string, { entries: WarRoomEntry[]; byPerson: boolean; gone: string[] }>;

interface Change {
  readonly text: string;
  readonly data?: Json | undefined;
  readonly evidence?: string;
  readonly kind?: "note" | "command";
  /** The run that a person's command started. */
  readonly run?: string;
}

const firstNumber = 2041;

/** What every change of a case is made of: its rows, its war-room entry, its receipt, and who hears of it. */
export class CaseLedger {
  readonly #store: Store;
  readonly #people: People;
  readonly #records: CaseRecords;
  readonly #stepFacts: StepFacts;
  readonly #bus: Bus;
  readonly #listeners = new Set<CaseListener>();
  /** Of the transaction under way; told after it. */
  readonly #pending = new AsyncLocalStorage<Pending>();

  constructor(store: Store, people: People, records: CaseRecords, stepFacts: StepFacts, bus: Bus) {
    this.#store = store;
    this.#people = people;
    this.#records = records;
    this.#stepFacts = stepFacts;
    this.#bus = bus;
    bus.on("case-changed", async ({ caseId, entries, gone }) => {
      const rows = entries.length === 0 ? [] : await store.all(store.sql.selectFrom("case_entries").selectAll().where("id", "in", entries).orderBy("id"));
      const told = (await records.entriesOf(rows)).map((entry) => ({ ...entry }) as WarRoomEntry);
      this.#tell({ caseId, entries: told, byPerson: false, gone });
    });
  }

  onChange(listener: CaseListener): void {
    this.#listeners.add(listener);
  }

  /** Carries out a change once per key; what was done already is answered from its receipt. */
  async once<Output extends { readonly [key: string]: Json }>(
    method: string,
    call: DeskCall,
    change: () => Promise<{ readonly caseId: string; readonly output: Output }>,
  ): Promise<{ caseId: string; output: Output }> {
    const key = `${method} ${call.idempotencyKey}`;
    let told: Pending = new Map();
    const done = await this.#store.atomically(async () => {
      told = new Map();
      await this.#store.lock(`receipt ${key}`);
      const receipt = await this.#store.first(this.#store.sql.selectFrom("case_receipts").selectAll().where("key", "=", key));
      if (receipt) return { caseId: receipt.case_id, output: JSON.parse(receipt.output) as Output };
      const made = await this.#pending.run(told, change);
      await this.#store.run(this.#store.sql.insertInto("case_receipts").values({ key, case_id: made.caseId, output: JSON.stringify(made.output) }));
      for (const [caseId, { entries, gone }] of told) for (const notice of caseNotices(caseId, entries, gone)) await this.#bus.tell(notice);
      return made;
    });
    for (const [caseId, changed] of told) this.#tell({ caseId, ...changed });
    return done;
  }

  #tell(event: CaseEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  async create(given: {
    readonly type: string;
    readonly title: string;
    readonly subject: string;
    readonly severity: CaseRow["severity"];
    readonly alert: CaseRecord["alert"];
    readonly owner: string | null;
    readonly restricted: boolean;
    readonly parent: string | null;
    readonly members: readonly string[];
    readonly fields: CaseRecord["fields"];
  }): Promise<string> {
    const id = given.restricted ? `CASE-${chance(10).toUpperCase()}` : `CASE-${await this.#nextNumber()}`;
    await this.#store.run(
      this.#store.sql.insertInto("cases").values({
        id,
        type: given.type,
        title: given.title,
        subject: given.subject,
        status: "open",
        severity: given.severity,
        alert_source: given.alert?.source ?? null,
        alert_id: given.alert?.id ?? null,
        owner: given.owner,
        restricted: given.restricted ? 1 : 0,
        parent: given.parent,
        created_at: instant(Date.now()),
        closed_at: null,
        resolution: null,
        fields: JSON.stringify(given.fields),
        search: "",
        entries: 0,
      }),
    );
    for (const email of given.members) await this.addMember(id, email);
    await this.set(id, {});
    return id;
  }

  /** Numbers are given to open cases only: a gap would tell of a restricted one. */
  async #nextNumber(): Promise<number> {
    await this.#store.lock("case numbers");
    const row = await this.#store.first(this.#store.sql.selectFrom("counters").select("value").where("name", "=", "case"));
    const value = row?.value ?? firstNumber;
    await this.#store.run(
      this.#store.sql
        .insertInto("counters")
        .values({ name: "case", value: value + 1 })
        .onConflict((on) => on.column("name").doUpdateSet({ value: value + 1 })),
    );
    return value;
  }

  async set(id: string, change: Partial<CaseRow>): Promise<void> {
    if (Object.keys(change).length > 0) await this.#store.run(this.#store.sql.updateTable("cases").set(change).where("id", "=", id));
    const row = await this.#records.row(id);
    if (!row) return;
    const values = Object.values(JSON.parse(row.fields) as CaseRecord["fields"]).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
    const search = [row.id, row.title, row.subject, row.type, row.owner ?? "", row.owner === null ? "" : (await this.#people.reference(row.owner)).name, ...values]
      .join("\n")
      .toLowerCase();
    await this.#store.run(this.#store.sql.updateTable("cases").set({ search }).where("id", "=", id));
  }

  async addMember(caseId: string, email: string): Promise<void> {
    await this.#store.run(
      this.#store.sql
        .insertInto("case_members")
        .values({ case_id: caseId, email: email.toLowerCase() })
        .onConflict((on) => on.doNothing()),
    );
  }

  async addFileEvent(caseId: string, event: FileEvent): Promise<boolean> {
    const row = { case_id: caseId, id: event.id, body: JSON.stringify(event), at: event.at };
    return (
      (await this.#store.run(
        this.#store.sql
          .insertInto("case_file_events")
          .values(row)
          .onConflict((on) => on.doNothing()),
      )) > 0
    );
  }

  async putClocks(caseId: string, clocks: readonly SlaClock[]): Promise<void> {
    await this.#store.run(this.#store.sql.deleteFrom("case_slas").where("case_id", "=", caseId));
    for (const [position, clock] of clocks.entries()) {
      await this.#store.run(
        this.#store.sql.insertInto("case_slas").values({ id: clock.id, case_id: caseId, position, body: JSON.stringify(clock), running: clock.stoppedAt === null ? 1 : 0 }),
      );
    }
  }

  /** Writes a war-room entry; returns its id. */
  async write(caseId: string, call: DeskCall, { text, data, evidence, kind, run: started }: Change, integration = "cases"): Promise<string> {
    await this.#store.lock(`case ${caseId}`);
    const row = await this.#records.row(caseId);
    if (!row) throw unknownCase(caseId);
    const number = row.entries + 1;
    const id = `${caseId}-entry-${String(number).padStart(6, "0")}`;
    await this.#store.run(this.#store.sql.updateTable("cases").set({ entries: number }).where("id", "=", caseId));
    const { run } = call;
    const person = isPerson(call) ? call.actor : null;
    const entry = {
      id,
      case_id: caseId,
      at: instant(Date.now()),
      kind: run !== null ? ("playbook" as const) : person === null ? ("system" as const) : (kind ?? ("system" as const)),
      by: person,
      text,
      run: run?.id ?? started ?? null,
      step: run?.step ?? null,
      step_name: run === null ? null : ((await this.#stepFacts(run.id, run.step))?.name ?? null),
      integration: person !== null && kind === "note" ? null : integration,
      data: data === undefined ? null : JSON.stringify(data),
      evidence: evidence ?? null,
    };
    await this.#store.run(this.#store.sql.insertInto("case_entries").values(entry));
    const told = await this.#records.entryOf(entry);
    this.touch(caseId, call).entries.push({ ...told, by: told.by && { ...told.by } } as WarRoomEntry);
    return id;
  }

  touch(caseId: string, call: DeskCall) {
    const pending = this.#pending.getStore();
    if (!pending) throw new Error("A case is changed within once().");
    const known = pending.get(caseId) ?? { entries: [], byPerson: isPerson(call), gone: [] };
    pending.set(caseId, known);
    return known;
  }

  /** The row, as it stays until the change under way ends. */
  async find(caseId: string, call: DeskCall): Promise<CaseRow> {
    if (this.#pending.getStore()) await this.#store.lock(`case ${caseId}`);
    const row = await this.#records.row(caseId);
    if (!row || !(await this.mayKnow(row, call))) throw unknownCase(caseId);
    return row;
  }

  async unclosed(caseId: string, call: DeskCall): Promise<CaseRow> {
    const row = await this.find(caseId, call);
    if (row.status === "closed") throw new ActionError("conflict", `${caseId} is closed.`);
    return row;
  }

  /** A person by membership; a run because it works on the case, on its parent, or has opened it. */
  async mayKnow(row: CaseRow, call: DeskCall): Promise<boolean> {
    if (row.restricted === 0) return true;
    if (call.run === null) {
      const viewer = await this.#people.byEmail(call.actor);
      return viewer !== undefined && (await maySeeCase(this.#store, viewer, row.id));
    }
    const run = await this.#store.first(this.#store.sql.selectFrom("runs").select(["case_id", "parent_run"]).where("id", "=", call.run.id));
    if (run?.case_id === row.id || (run?.case_id !== null && run?.case_id === row.parent)) return true;
    const family = [call.run.id, ...(run?.parent_run ? [run.parent_run] : [])];
    return (await this.#store.first(this.#store.sql.selectFrom("run_children").select("step").where("case_id", "=", row.id).where("run_id", "in", family).limit(1))) !== undefined;
  }

  async snapshot(caseId: string): Promise<CaseSnapshot> {
    const snapshot = await this.#records.snapshot(caseId);
    if (snapshot === null) throw unknownCase(caseId);
    return snapshot;
  }

  async fields(before: CaseRecord["fields"], given: { readonly [key: string]: Json }, call: DeskCall, source: string | null): Promise<CaseRecord["fields"]> {
    const from = await this.provenance(call, source);
    return { ...before, ...Object.fromEntries(Object.entries(given).map(([key, value]): [string, CaseField] => [key, { value, from }])) };
  }

  async provenance({ actor, run }: DeskCall, source: string | null): Promise<Provenance> {
    const step = source ?? run?.step;
    const facts = run !== null && step !== undefined ? await this.#stepFacts(run.id, step) : null;
    return {
      at: instant(Date.now()),
      by: actor,
      ...(run === null ? {} : { run: run.id }),
      ...(step === undefined ? {} : { step }),
      ...(facts === null ? {} : { stepName: facts.name, ...(facts.integration === null ? {} : { integration: facts.integration }) }),
    };
  }

  async candidates(row: CaseRow): Promise<readonly Candidate[]> {
    const { sql } = this.#store;
    const team = row.restricted === 1 ? new Set((await this.#records.members(row.id)).map(({ email }) => email)) : null;
    const open = await this.#store.all(
      sql
        .selectFrom("cases")
        .select(["owner", (select) => select.fn.countAll<number>().as("count")])
        .where("status", "!=", "closed")
        .groupBy("owner"),
    );
    return (await this.#store.all(sql.selectFrom("people").select(["email", "name", "alert_types", "on_call"]).where("role", "=", "analyst")))
      .filter(({ email }) => team === null || team.has(email))
      .map(({ email, name, alert_types, on_call }) => ({
        email,
        name,
        alertTypes: JSON.parse(alert_types) as string[],
        onCall: on_call === 1,
        openCases: open.find(({ owner }) => owner === email)?.count ?? 0,
      }));
  }
}

export const unknownCase = (caseId: string): ActionError => new ActionError("not-found", `There is no case ${caseId}.`);

const isPerson = (call: DeskCall): boolean => call.run === null && !call.actor.startsWith("playbook:");

import { ActionError } from "@drawbridge/integration-kit";
import {
  type Assignment,
  type Candidate,
  type CaseDesk,
  type CaseField,
  type CaseRecord,
  type CaseSnapshot,
  type CaseUpdate,
  chooseOwner,
  type DeskCall,
  entryText,
  type FileEvent,
  investigationSummary,
  type NewEvidence,
  type OpenCase,
  type OpenChildCase,
  type PersonRef,
  type Provenance,
  type ReportModel,
  renderReportHtml,
  renderReportText,
  type SlaChange,
  type SlaClock,
  stopSla,
  type WrittenReport,
} from "@drawbridge/integrations/cases";
import type { Json } from "@drawbridge/playbook";
import type { WarRoomEntry } from "@drawbridge/protocol";
import { maySeeCase } from "../access/visible.ts";
import { instant } from "../instant.ts";
import type { People } from "../sign-in/people.ts";
import { chance } from "../store/new-id.ts";
import type { Store } from "../store/store.ts";
import type { CaseRow } from "../store/tables.ts";
import type { CaseListener } from "./case-events.ts";
import type { CaseRecords } from "./case-records.ts";
import { changedClocks } from "./changed-clocks.ts";

interface DeskHost {
  /** A step's name and integration, as the run's version of the playbook tells. */
  readonly stepFacts: (run: string, step: string) => { readonly name: string; readonly integration: string | null } | null;
  readonly pdf: (model: ReportModel) => Promise<Uint8Array>;
}

interface Change {
  readonly text: string;
  readonly data?: Json | undefined;
  readonly evidence?: string;
  readonly kind?: "note" | "command";
}

const firstNumber = 2041;

/** The cases of this server. Every change is one transaction with its receipt and its war-room entry. */
export class StoredCaseDesk implements CaseDesk {
  readonly #store: Store;
  readonly #people: People;
  readonly #records: CaseRecords;
  readonly #host: DeskHost;
  readonly #listeners = new Set<CaseListener>();
  /** Of the transaction under way; told after it. */
  #pending = new Map<string, { entries: WarRoomEntry[]; byPerson: boolean; gone: string[] }>();

  constructor(store: Store, people: People, records: CaseRecords, host: DeskHost) {
    this.#store = store;
    this.#people = people;
    this.#records = records;
    this.#host = host;
  }

  onChange(listener: CaseListener): void {
    this.#listeners.add(listener);
  }

  async get(caseId: string, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    this.#find(caseId, call);
    return { case: this.#snapshot(caseId) };
  }

  async open(request: OpenCase, call: DeskCall): Promise<{ case: CaseSnapshot; created: boolean }> {
    const { caseId, output } = this.#once<{ created: boolean }>("open", call, () => {
      const { alert } = request;
      const known =
        alert === null
          ? undefined
          : this.#store.first(
              this.#store.sql
                .selectFrom("cases")
                .select("id")
                .where("alert_source", "=", alert.source)
                .where("alert_id", "=", alert.id)
                .where("parent", "is", null)
                .where("status", "!=", "closed")
                .where("restricted", "=", 0),
            );
      if (known) return { caseId: known.id, output: { created: false } };
      const { fields, members, ...rest } = request;
      const id = this.#create({ ...rest, owner: null, restricted: false, parent: null, members, fields: this.#fields({}, fields, call, null) });
      this.#write(id, call, { text: entryText.opened(request.title) });
      return { caseId: id, output: { created: true } };
    });
    return { case: this.#snapshot(caseId), ...output };
  }

  async update(caseId: string, { fields, source, ...rest }: CaseUpdate, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    this.#once("update", call, () => {
      const row = this.#unclosed(caseId, call);
      const changed = Object.fromEntries(Object.entries(rest).filter(([key, value]) => value !== undefined && value !== row[key as keyof typeof rest]));
      if (Object.keys(changed).length + Object.keys(fields).length > 0) {
        const merged = this.#fields(JSON.parse(row.fields) as CaseRecord["fields"], fields, call, source);
        this.#set(caseId, { ...changed, fields: JSON.stringify(merged) });
        this.#write(caseId, call, { text: entryText.updated(Object.keys(fields), Object.keys(changed)) });
      }
      return { caseId, output: {} };
    });
    return { case: this.#snapshot(caseId) };
  }

  async addFileEvents(caseId: string, events: readonly FileEvent[], call: DeskCall): Promise<{ case: CaseSnapshot; added: number }> {
    const { output } = this.#once("add-file-events", call, () => {
      this.#unclosed(caseId, call);
      const added = events.filter((event) => this.#addFileEvent(caseId, event));
      const bytes = added.reduce((sum, event) => sum + (event.fileSize ?? 0), 0);
      if (added.length > 0) this.#write(caseId, call, { text: entryText.fileEvents(added.length, bytes) });
      return { caseId, output: { added: added.length } };
    });
    return { case: this.#snapshot(caseId), ...output };
  }

  async assign(caseId: string, assignment: Assignment, call: DeskCall): Promise<{ case: CaseSnapshot; owner: PersonRef; reason: string }> {
    const { output } = this.#once("assign", call, () => {
      const row = this.#unclosed(caseId, call);
      const chosen =
        "owner" in assignment
          ? { owner: this.#people.reference(assignment.owner.toLowerCase()), reason: "was named" }
          : chooseOwner(assignment, alertTypeOf(row), this.#candidates(row));
      if (chosen === null) throw new ActionError("not-found", "Nobody can own the case by this rule.");
      this.#set(caseId, { owner: chosen.owner.email });
      this.#addMember(caseId, chosen.owner.email);
      this.#write(caseId, call, { text: entryText.assigned(chosen.owner, "owner" in assignment ? null : chosen.reason) });
      return { caseId, output: { owner: { ...chosen.owner }, reason: chosen.reason } };
    });
    return { case: this.#snapshot(caseId), ...output };
  }

  /** Takes the owner off; only people do that. */
  unassign(caseId: string, call: DeskCall): void {
    this.#once("unassign", call, () => {
      this.#unclosed(caseId, call);
      this.#set(caseId, { owner: null });
      this.#write(caseId, call, { text: "Took the owner off." });
      return { caseId, output: {} };
    });
  }

  /** Sets the team; the owner stays on it. */
  setMembers(caseId: string, emails: readonly string[], call: DeskCall): void {
    this.#once("set-members", call, () => {
      const row = this.#unclosed(caseId, call);
      const wanted = new Set([...emails.map((email) => email.toLowerCase()), ...(row.owner === null ? [] : [row.owner])]);
      const before = this.#records.members(caseId).map(({ email }) => email);
      const gone = before.filter((email) => !wanted.has(email));
      const added = [...wanted].filter((email) => !before.includes(email));
      if (gone.length > 0) this.#store.run(this.#store.sql.deleteFrom("case_members").where("case_id", "=", caseId).where("email", "in", gone));
      for (const email of added) this.#addMember(caseId, email);
      const names = (list: readonly string[]) => list.map((email) => this.#people.reference(email).name).join(", ");
      if (gone.length + added.length > 0)
        this.#write(caseId, call, {
          text: [added.length > 0 ? `On the team: ${names(added)}.` : "", gone.length > 0 ? `Off the team: ${names(gone)}.` : ""].filter(Boolean).join(" "),
        });
      if (row.restricted === 1) this.#touch(caseId, call).gone.push(...gone);
      return { caseId, output: {} };
    });
  }

  async changeSla(caseId: string, change: SlaChange, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    this.#once("change-sla", call, () => {
      const row = this.#find(caseId, call);
      const before = this.#records.clocks(caseId);
      const after = changedClocks(caseId, row.status === "closed", before, change, Date.now());
      if (after !== before) {
        this.#putClocks(caseId, after);
        this.#write(caseId, call, { text: entryText.sla(change) });
      }
      return { caseId, output: {} };
    });
    return { case: this.#snapshot(caseId) };
  }

  async openChild(parentId: string, request: OpenChildCase, call: DeskCall): Promise<{ case: CaseSnapshot; child: CaseSnapshot }> {
    const { output } = this.#once("open-child", call, () => {
      const parent = this.#unclosed(parentId, call);
      const restricted = request.restricted || parent.restricted === 1;
      const owner = request.owner?.toLowerCase() ?? null;
      const fields = Object.fromEntries(
        Object.entries(JSON.parse(parent.fields) as CaseRecord["fields"]).filter(([key]) => request.copyFields === null || request.copyFields.includes(key)),
      );
      const members = [...request.members, ...(owner === null ? [] : [owner]), ...(call.run === null && restricted ? [call.actor] : [])];
      const alert = parent.alert_source === null || parent.alert_id === null ? null : { source: parent.alert_source, id: parent.alert_id };
      const id = this.#create({
        type: request.type ?? parent.type,
        title: request.title,
        subject: parent.subject,
        severity: request.severity ?? parent.severity,
        alert,
        owner,
        restricted,
        parent: parentId,
        members,
        fields,
      });
      if (request.copyFileEvents) for (const event of this.#records.fileEvents(parentId)) this.#addFileEvent(id, event);
      if (restricted && call.run !== null)
        this.#store.run(
          this.#store.sql
            .insertInto("run_children")
            .values({ run_id: call.run.id, step: call.run.step, case_id: id })
            .onConflict((on) => on.doNothing()),
        );
      this.#write(id, call, { text: entryText.opened(request.title) });
      if (!restricted) this.#write(parentId, call, { text: entryText.childOpened(id, request.title) });
      return { caseId: parentId, output: { child: id } };
    });
    return { case: this.#snapshot(parentId), child: this.#snapshot(output.child) };
  }

  async addNote(caseId: string, note: { readonly text: string; readonly data: Json | undefined }, call: DeskCall): Promise<{ case: CaseSnapshot; entry: string }> {
    const { output } = this.#once("add-note", call, () => {
      this.#find(caseId, call);
      return { caseId, output: { entry: this.#write(caseId, call, { ...note, kind: "note" }) } };
    });
    return { case: this.#snapshot(caseId), ...output };
  }

  /** What a person's command said, and what came of it. */
  addCommand(caseId: string, integration: string, text: string, data: Json | undefined, call: DeskCall): string {
    return this.#once("command", call, () => {
      this.#find(caseId, call);
      return { caseId, output: { entry: this.#write(caseId, call, { text, data, kind: "command" }, integration) } };
    }).output.entry;
  }

  async addEvidence(caseId: string, { data, source, ...given }: NewEvidence, call: DeskCall): Promise<{ case: CaseSnapshot; evidence: string }> {
    const { output } = this.#once("add-evidence", call, () => {
      this.#find(caseId, call);
      const provenance = this.#provenance(call, source);
      const id = `${caseId}-evidence-${chance(8)}`;
      this.#store.run(
        this.#store.sql
          .insertInto("case_evidence")
          .values({
            id,
            case_id: caseId,
            ...given,
            data: data === undefined ? null : JSON.stringify(data),
            added_at: provenance.at,
            provenance: JSON.stringify(provenance),
            removed_at: null,
          }),
      );
      this.#write(caseId, call, { text: entryText.evidence(given.title), evidence: id });
      return { caseId, output: { evidence: id } };
    });
    return { case: this.#snapshot(caseId), ...output };
  }

  /** Marks an entry as what a piece of evidence is about. */
  markEntry(caseId: string, entry: string, evidence: string): void {
    this.#store.run(this.#store.sql.updateTable("case_entries").set({ evidence }).where("id", "=", entry).where("case_id", "=", caseId));
  }

  /** Takes evidence off the board; its row and the entry about it stay. False when it was not there. */
  removeEvidence(caseId: string, evidence: string, call: DeskCall): boolean {
    return this.#once("remove-evidence", call, () => {
      this.#find(caseId, call);
      const known = this.#records.evidence(caseId).find(({ id }) => id === evidence);
      if (known) {
        this.#store.run(
          this.#store.sql
            .updateTable("case_evidence")
            .set({ removed_at: instant(Date.now()) })
            .where("id", "=", evidence),
        );
        this.#write(caseId, call, { text: `Taken off the evidence board: ${known.title}.` });
      }
      return { caseId, output: { removed: known !== undefined } };
    }).output.removed;
  }

  async report(caseId: string, { title }: { readonly title: string | null }, call: DeskCall): Promise<{ case: CaseSnapshot } & WrittenReport> {
    const { output } = this.#once("report", call, () => {
      this.#find(caseId, call);
      const record = this.#records.record(caseId);
      if (record === null) throw unknown(caseId);
      const model = investigationSummary(withoutMentions(record), Date.now(), title ?? undefined);
      const id = `${caseId}-report-${String(record.reports.length + 1).padStart(3, "0")}`;
      this.#store.run(
        this.#store.sql
          .insertInto("case_reports")
          .values({ id, case_id: caseId, title: model.title, at: instant(Date.now()), by: call.actor, model: JSON.stringify(model), html: renderReportHtml(model) }),
      );
      this.#write(caseId, call, { text: entryText.reported(model.title) });
      return { caseId, output: { report: id } };
    });
    const written = this.#store.first(this.#store.sql.selectFrom("case_reports").selectAll().where("id", "=", output.report));
    if (!written) throw unknown(caseId);
    const model = JSON.parse(written.model) as ReportModel;
    const pdf = await this.#host.pdf(model);
    return {
      case: this.#snapshot(caseId),
      reportId: written.id,
      title: written.title,
      html: written.html,
      text: renderReportText(model),
      attachment: { filename: `${caseId}-investigation-summary.pdf`, contentType: "application/pdf", contentBase64: Buffer.from(pdf).toString("base64") },
    };
  }

  async link(caseId: string, otherId: string, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    this.#once("link", call, () => {
      const one = this.#find(caseId, call);
      const other = this.#find(otherId, call);
      if (caseId === otherId) throw new ActionError("invalid-input", "A case is not linked with itself.");
      const known = this.#store.first(this.#store.sql.selectFrom("case_links").select("other").where("case_id", "=", caseId).where("other", "=", otherId));
      if (known) return { caseId, output: {} };
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        this.#store.run(
          this.#store.sql
            .insertInto("case_links")
            .values({ case_id: from.id, other: to.id })
            .onConflict((on) => on.doNothing()),
        );
        if (to.restricted === 0 || from.restricted === 1) this.#write(from.id, call, { text: entryText.linked(to.id, to.title) });
      }
      return { caseId, output: {} };
    });
    return { case: this.#snapshot(caseId) };
  }

  async close(caseId: string, { resolution, children }: { readonly resolution: string; readonly children: "keep" | "close" }, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    this.#once("close", call, () => {
      this.#find(caseId, call);
      const closing = [caseId];
      for (let id = closing.shift(); id !== undefined; id = closing.shift()) {
        const now = Date.now();
        const row = this.#records.row(id);
        if (!row || (id !== caseId && !this.#mayKnow(row, call))) continue;
        if (children === "close") closing.push(...this.#store.all(this.#store.sql.selectFrom("cases").select("id").where("parent", "=", id)).map((child) => child.id));
        if (row.status === "closed") continue;
        this.#set(id, { status: "closed", resolution, closed_at: instant(now) });
        this.#putClocks(
          id,
          this.#records.clocks(id).map((clock) => stopSla(clock, now)),
        );
        this.#write(id, call, { text: entryText.closed(resolution) });
      }
      return { caseId, output: {} };
    });
    return { case: this.#snapshot(caseId) };
  }

  /** Carries out a change once per key; what was done already is answered from its receipt. */
  #once<Output extends { readonly [key: string]: Json }>(
    method: string,
    call: DeskCall,
    change: () => { readonly caseId: string; readonly output: Output },
  ): { caseId: string; output: Output } {
    const key = `${method} ${call.idempotencyKey}`;
    this.#pending = new Map();
    const done = this.#store.atomically(() => {
      const receipt = this.#store.first(this.#store.sql.selectFrom("case_receipts").selectAll().where("key", "=", key));
      if (receipt) return { caseId: receipt.case_id, output: JSON.parse(receipt.output) as Output };
      const made = change();
      this.#store.run(this.#store.sql.insertInto("case_receipts").values({ key, case_id: made.caseId, output: JSON.stringify(made.output) }));
      return made;
    });
    const told = this.#pending;
    this.#pending = new Map();
    for (const [caseId, { entries, byPerson, gone }] of told) for (const listener of this.#listeners) listener({ caseId, entries, byPerson, ...(gone.length > 0 ? { gone } : {}) });
    return done;
  }

  #create(given: {
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
  }): string {
    const id = given.restricted ? `CASE-${chance(10).toUpperCase()}` : `CASE-${this.#nextNumber()}`;
    this.#store.run(
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
    for (const email of given.members) this.#addMember(id, email);
    this.#set(id, {});
    return id;
  }

  /** Numbers are given to open cases only: a gap would tell of a restricted one. */
  #nextNumber(): number {
    const row = this.#store.first(this.#store.sql.selectFrom("counters").select("value").where("name", "=", "case"));
    const value = row?.value ?? firstNumber;
    this.#store.run(
      this.#store.sql
        .insertInto("counters")
        .values({ name: "case", value: value + 1 })
        .onConflict((on) => on.column("name").doUpdateSet({ value: value + 1 })),
    );
    return value;
  }

  #set(id: string, change: Partial<CaseRow>): void {
    if (Object.keys(change).length > 0) this.#store.run(this.#store.sql.updateTable("cases").set(change).where("id", "=", id));
    const row = this.#records.row(id);
    if (!row) return;
    const values = Object.values(JSON.parse(row.fields) as CaseRecord["fields"]).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
    const search = [row.id, row.title, row.subject, row.type, row.owner ?? "", row.owner === null ? "" : this.#people.reference(row.owner).name, ...values]
      .join("\n")
      .toLowerCase();
    this.#store.run(this.#store.sql.updateTable("cases").set({ search }).where("id", "=", id));
  }

  #addMember(caseId: string, email: string): void {
    this.#store.run(
      this.#store.sql
        .insertInto("case_members")
        .values({ case_id: caseId, email: email.toLowerCase() })
        .onConflict((on) => on.doNothing()),
    );
  }

  #addFileEvent(caseId: string, event: FileEvent): boolean {
    const row = { case_id: caseId, id: event.id, body: JSON.stringify(event), at: event.at };
    return (
      this.#store.run(
        this.#store.sql
          .insertInto("case_file_events")
          .values(row)
          .onConflict((on) => on.doNothing()),
      ) > 0
    );
  }

  #putClocks(caseId: string, clocks: readonly SlaClock[]): void {
    this.#store.run(this.#store.sql.deleteFrom("case_slas").where("case_id", "=", caseId));
    for (const [position, clock] of clocks.entries()) {
      this.#store.run(
        this.#store.sql.insertInto("case_slas").values({ id: clock.id, case_id: caseId, position, body: JSON.stringify(clock), running: clock.stoppedAt === null ? 1 : 0 }),
      );
    }
  }

  /** Writes a war-room entry; returns its id. */
  #write(caseId: string, call: DeskCall, { text, data, evidence, kind }: Change, integration = "cases"): string {
    const row = this.#records.row(caseId);
    if (!row) throw unknown(caseId);
    const number = row.entries + 1;
    const id = `${caseId}-entry-${String(number).padStart(6, "0")}`;
    this.#store.run(this.#store.sql.updateTable("cases").set({ entries: number }).where("id", "=", caseId));
    const { run } = call;
    const person = isPerson(call) ? call.actor : null;
    const entry = {
      id,
      case_id: caseId,
      at: instant(Date.now()),
      kind: run !== null ? ("playbook" as const) : person === null ? ("system" as const) : (kind ?? ("system" as const)),
      by: person,
      text,
      run: run?.id ?? null,
      step: run?.step ?? null,
      step_name: run === null ? null : (this.#host.stepFacts(run.id, run.step)?.name ?? null),
      integration: person !== null && kind === "note" ? null : integration,
      data: data === undefined ? null : JSON.stringify(data),
      evidence: evidence ?? null,
    };
    this.#store.run(this.#store.sql.insertInto("case_entries").values(entry));
    const told = this.#records.entryOf(entry);
    this.#touch(caseId, call).entries.push({ ...told, by: told.by && { ...told.by } } as WarRoomEntry);
    return id;
  }

  #touch(caseId: string, call: DeskCall) {
    const known = this.#pending.get(caseId) ?? { entries: [], byPerson: isPerson(call), gone: [] };
    this.#pending.set(caseId, known);
    return known;
  }

  #find(caseId: string, call: DeskCall): CaseRow {
    const row = this.#records.row(caseId);
    if (!row || !this.#mayKnow(row, call)) throw unknown(caseId);
    return row;
  }

  #unclosed(caseId: string, call: DeskCall): CaseRow {
    const row = this.#find(caseId, call);
    if (row.status === "closed") throw new ActionError("conflict", `${caseId} is closed.`);
    return row;
  }

  /** A person by membership; a run because it works on the case, on its parent, or has opened it. */
  #mayKnow(row: CaseRow, call: DeskCall): boolean {
    if (row.restricted === 0) return true;
    if (call.run === null) {
      const viewer = this.#people.byEmail(call.actor);
      return viewer !== undefined && maySeeCase(this.#store, viewer, row.id);
    }
    const run = this.#store.first(this.#store.sql.selectFrom("runs").select(["case_id", "parent_run"]).where("id", "=", call.run.id));
    if (run?.case_id === row.id || (run?.case_id !== null && run?.case_id === row.parent)) return true;
    const family = [call.run.id, ...(run?.parent_run ? [run.parent_run] : [])];
    return this.#store.first(this.#store.sql.selectFrom("run_children").select("step").where("case_id", "=", row.id).where("run_id", "in", family).limit(1)) !== undefined;
  }

  #snapshot(caseId: string): CaseSnapshot {
    const snapshot = this.#records.snapshot(caseId);
    if (snapshot === null) throw unknown(caseId);
    return snapshot;
  }

  #fields(before: CaseRecord["fields"], given: { readonly [key: string]: Json }, call: DeskCall, source: string | null): CaseRecord["fields"] {
    const from = this.#provenance(call, source);
    return { ...before, ...Object.fromEntries(Object.entries(given).map(([key, value]): [string, CaseField] => [key, { value, from }])) };
  }

  #provenance({ actor, run }: DeskCall, source: string | null): Provenance {
    const step = source ?? run?.step;
    const facts = run !== null && step !== undefined ? this.#host.stepFacts(run.id, step) : null;
    return {
      at: instant(Date.now()),
      by: actor,
      ...(run === null ? {} : { run: run.id }),
      ...(step === undefined ? {} : { step }),
      ...(facts === null ? {} : { stepName: facts.name, ...(facts.integration === null ? {} : { integration: facts.integration }) }),
    };
  }

  #candidates(row: CaseRow): readonly Candidate[] {
    const { sql } = this.#store;
    const team = row.restricted === 1 ? new Set(this.#records.members(row.id).map(({ email }) => email)) : null;
    const open = this.#store.all(
      sql
        .selectFrom("cases")
        .select(["owner", (select) => select.fn.countAll<number>().as("count")])
        .where("status", "!=", "closed")
        .groupBy("owner"),
    );
    return this.#store
      .all(sql.selectFrom("people").select(["email", "name", "alert_types", "on_call"]).where("role", "=", "analyst"))
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

const unknown = (caseId: string): ActionError => new ActionError("not-found", `There is no case ${caseId}.`);

const isPerson = (call: DeskCall): boolean => call.run === null && !call.actor.startsWith("playbook:");

function alertTypeOf(row: CaseRow): string {
  const value = (JSON.parse(row.fields) as CaseRecord["fields"])["alertType"]?.value;
  return typeof value === "string" ? value : row.type;
}

/** A report is read by people outside the team, so what mentions a restricted child case stays out of it. */
function withoutMentions(record: CaseRecord): CaseRecord {
  const secret = record.children.filter((child) => child.restricted).map(({ id }) => id);
  const silent = (part: unknown): boolean => !secret.some((id) => JSON.stringify(part).includes(id));
  return { ...record, entries: record.entries.filter(silent), evidence: record.evidence.filter(silent), fields: Object.fromEntries(Object.entries(record.fields).filter(silent)) };
}

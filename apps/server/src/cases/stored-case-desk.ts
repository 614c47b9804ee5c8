import { ActionError } from "@drawbridge/integration-kit";
import {
  type Assignment,
  type CaseDesk,
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
  type ReportModel,
  renderReportHtml,
  renderReportText,
  type SlaChange,
  stopSla,
  type WrittenReport,
} from "@drawbridge/integrations/cases";
import type { Json } from "@drawbridge/playbook";
import { instant } from "../instant.ts";
import type { People } from "../sign-in/people.ts";
import { chance } from "../store/new-id.ts";
import type { Store } from "../store/store.ts";
import type { CaseRow } from "../store/tables.ts";
import { type CaseLedger, unknownCase } from "./case-ledger.ts";
import type { CaseRecords } from "./case-records.ts";
import { changedClocks } from "./changed-clocks.ts";

/** The cases of this server. Every change is one transaction with its receipt and its war-room entry. */
export class StoredCaseDesk implements CaseDesk {
  readonly #store: Store;
  readonly #people: People;
  readonly #records: CaseRecords;
  readonly #ledger: CaseLedger;
  readonly #pdf: (model: ReportModel) => Promise<Uint8Array>;

  constructor(store: Store, people: People, records: CaseRecords, ledger: CaseLedger, pdf: (model: ReportModel) => Promise<Uint8Array>) {
    this.#store = store;
    this.#people = people;
    this.#records = records;
    this.#ledger = ledger;
    this.#pdf = pdf;
  }

  async get(caseId: string, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    await this.#ledger.find(caseId, call);
    return { case: await this.#ledger.snapshot(caseId) };
  }

  async open(request: OpenCase, call: DeskCall): Promise<{ case: CaseSnapshot; created: boolean }> {
    const { caseId, output } = await this.#ledger.once<{ created: boolean }>("open", call, async () => {
      const { alert } = request;
      if (alert !== null) await this.#store.lock(`alert ${alert.source} ${alert.id}`);
      const known =
        alert === null
          ? undefined
          : await this.#store.first(
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
      const id = await this.#ledger.create({ ...rest, owner: null, restricted: false, parent: null, members, fields: await this.#ledger.fields({}, fields, call, null) });
      await this.#ledger.write(id, call, { text: entryText.opened(request.title) });
      return { caseId: id, output: { created: true } };
    });
    return { case: await this.#ledger.snapshot(caseId), ...output };
  }

  async update(caseId: string, { fields, source, ...rest }: CaseUpdate, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    await this.#ledger.once("update", call, async () => {
      const row = await this.#ledger.unclosed(caseId, call);
      const changed = Object.fromEntries(Object.entries(rest).filter(([key, value]) => value !== undefined && value !== row[key as keyof typeof rest]));
      if (Object.keys(changed).length + Object.keys(fields).length > 0) {
        const merged = await this.#ledger.fields(JSON.parse(row.fields) as CaseRecord["fields"], fields, call, source);
        await this.#ledger.set(caseId, { ...changed, fields: JSON.stringify(merged) });
        await this.#ledger.write(caseId, call, { text: entryText.updated(Object.keys(fields), Object.keys(changed)) });
      }
      return { caseId, output: {} };
    });
    return { case: await this.#ledger.snapshot(caseId) };
  }

  async addFileEvents(caseId: string, events: readonly FileEvent[], call: DeskCall): Promise<{ case: CaseSnapshot; added: number }> {
    const { output } = await this.#ledger.once("add-file-events", call, async () => {
      await this.#ledger.unclosed(caseId, call);
      const added: FileEvent[] = [];
      for (const event of events) if (await this.#ledger.addFileEvent(caseId, event)) added.push(event);
      const bytes = added.reduce((sum, event) => sum + (event.fileSize ?? 0), 0);
      if (added.length > 0) await this.#ledger.write(caseId, call, { text: entryText.fileEvents(added.length, bytes) });
      return { caseId, output: { added: added.length } };
    });
    return { case: await this.#ledger.snapshot(caseId), ...output };
  }

  async assign(caseId: string, assignment: Assignment, call: DeskCall): Promise<{ case: CaseSnapshot; owner: PersonRef; reason: string }> {
    const { output } = await this.#ledger.once("assign", call, async () => {
      const row = await this.#ledger.unclosed(caseId, call);
      const chosen =
        "owner" in assignment
          ? { owner: await this.#people.reference(assignment.owner.toLowerCase()), reason: "was named" }
          : chooseOwner(assignment, alertTypeOf(row), await this.#ledger.candidates(row));
      if (chosen === null) throw new ActionError("not-found", "Nobody can own the case by this rule.");
      await this.#ledger.set(caseId, { owner: chosen.owner.email });
      await this.#ledger.addMember(caseId, chosen.owner.email);
      await this.#ledger.write(caseId, call, { text: entryText.assigned(chosen.owner, "owner" in assignment ? null : chosen.reason) });
      return { caseId, output: { owner: { ...chosen.owner }, reason: chosen.reason } };
    });
    return { case: await this.#ledger.snapshot(caseId), ...output };
  }

  /** Takes the owner off; only people do that. */
  async unassign(caseId: string, call: DeskCall): Promise<void> {
    await this.#ledger.once("unassign", call, async () => {
      await this.#ledger.unclosed(caseId, call);
      await this.#ledger.set(caseId, { owner: null });
      await this.#ledger.write(caseId, call, { text: "Took the owner off." });
      return { caseId, output: {} };
    });
  }

  /** Sets the team; the owner stays on it. */
  async setMembers(caseId: string, emails: readonly string[], call: DeskCall): Promise<void> {
    await this.#ledger.once("set-members", call, async () => {
      const row = await this.#ledger.unclosed(caseId, call);
      const wanted = new Set([...emails.map((email) => email.toLowerCase()), ...(row.owner === null ? [] : [row.owner])]);
      const before = (await this.#records.members(caseId)).map(({ email }) => email);
      const gone = before.filter((email) => !wanted.has(email));
      const added = [...wanted].filter((email) => !before.includes(email));
      if (gone.length > 0) await this.#store.run(this.#store.sql.deleteFrom("case_members").where("case_id", "=", caseId).where("email", "in", gone));
      for (const email of added) await this.#ledger.addMember(caseId, email);
      const names = async (list: readonly string[]) => (await this.#people.references(list)).map(({ name }) => name).join(", ");
      if (gone.length + added.length > 0)
        await this.#ledger.write(caseId, call, {
          text: [added.length > 0 ? `On the team: ${await names(added)}.` : "", gone.length > 0 ? `Off the team: ${await names(gone)}.` : ""].filter(Boolean).join(" "),
        });
      if (row.restricted === 1) this.#ledger.touch(caseId, call).gone.push(...gone);
      return { caseId, output: {} };
    });
  }

  async changeSla(caseId: string, change: SlaChange, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    await this.#ledger.once("change-sla", call, async () => {
      const row = await this.#ledger.find(caseId, call);
      const before = await this.#records.clocks(caseId);
      const after = changedClocks(caseId, row.status === "closed", before, change, Date.now());
      if (after !== before) {
        await this.#ledger.putClocks(caseId, after);
        await this.#ledger.write(caseId, call, { text: entryText.sla(change) });
      }
      return { caseId, output: {} };
    });
    return { case: await this.#ledger.snapshot(caseId) };
  }

  async openChild(parentId: string, request: OpenChildCase, call: DeskCall): Promise<{ case: CaseSnapshot; child: CaseSnapshot }> {
    const { output } = await this.#ledger.once("open-child", call, async () => {
      const parent = await this.#ledger.unclosed(parentId, call);
      const restricted = request.restricted || parent.restricted === 1;
      const owner = request.owner?.toLowerCase() ?? null;
      const fields = Object.fromEntries(
        Object.entries(JSON.parse(parent.fields) as CaseRecord["fields"]).filter(([key]) => request.copyFields === null || request.copyFields.includes(key)),
      );
      const members = [...request.members, ...(owner === null ? [] : [owner]), ...(call.run === null && restricted ? [call.actor] : [])];
      const alert = parent.alert_source === null || parent.alert_id === null ? null : { source: parent.alert_source, id: parent.alert_id };
      const id = await this.#ledger.create({
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
      if (request.copyFileEvents) for (const event of await this.#records.fileEvents(parentId)) await this.#ledger.addFileEvent(id, event);
      if (restricted && call.run !== null)
        await this.#store.run(
          this.#store.sql
            .insertInto("run_children")
            .values({ run_id: call.run.id, step: call.run.step, case_id: id })
            .onConflict((on) => on.doNothing()),
        );
      await this.#ledger.write(id, call, { text: entryText.opened(request.title) });
      if (!restricted) await this.#ledger.write(parentId, call, { text: entryText.childOpened(id, request.title) });
      return { caseId: parentId, output: { child: id } };
    });
    return { case: await this.#ledger.snapshot(parentId), child: await this.#ledger.snapshot(output.child) };
  }

  async addNote(caseId: string, note: { readonly text: string; readonly data: Json | undefined }, call: DeskCall): Promise<{ case: CaseSnapshot; entry: string }> {
    const { output } = await this.#ledger.once("add-note", call, async () => {
      await this.#ledger.find(caseId, call);
      return { caseId, output: { entry: await this.#ledger.write(caseId, call, { ...note, kind: "note" }) } };
    });
    return { case: await this.#ledger.snapshot(caseId), ...output };
  }

  /** What a person's command said, and what came of it. */
  /** Writes down a command of a person, with what it answered or the run that it started. */
  async addCommand(caseId: string, integration: string, text: string, { data, run }: { readonly data?: Json; readonly run?: string }, call: DeskCall): Promise<string> {
    return (
      await this.#ledger.once("command", call, async () => {
        await this.#ledger.find(caseId, call);
        return { caseId, output: { entry: await this.#ledger.write(caseId, call, { text, data, kind: "command", ...(run === undefined ? {} : { run }) }, integration) } };
      })
    ).output.entry;
  }

  async addEvidence(caseId: string, { data, source, ...given }: NewEvidence, call: DeskCall): Promise<{ case: CaseSnapshot; evidence: string }> {
    const { output } = await this.#ledger.once("add-evidence", call, async () => {
      await this.#ledger.find(caseId, call);
      const provenance = await this.#ledger.provenance(call, source);
      const id = `${caseId}-evidence-${chance(8)}`;
      await this.#store.run(
        this.#store.sql.insertInto("case_evidence").values({
          id,
          case_id: caseId,
          ...given,
          data: data === undefined ? null : JSON.stringify(data),
          added_at: provenance.at,
          provenance: JSON.stringify(provenance),
          removed_at: null,
        }),
      );
      await this.#ledger.write(caseId, call, { text: entryText.evidence(given.title), evidence: id });
      return { caseId, output: { evidence: id } };
    });
    return { case: await this.#ledger.snapshot(caseId), ...output };
  }

  /** Marks an entry as what a piece of evidence is about. */
  async markEntry(caseId: string, entry: string, evidence: string): Promise<void> {
    await this.#store.run(this.#store.sql.updateTable("case_entries").set({ evidence }).where("id", "=", entry).where("case_id", "=", caseId));
  }

  /** Takes evidence off the board; its row and the entry about it stay. False when it was not there. */
  async removeEvidence(caseId: string, evidence: string, call: DeskCall): Promise<boolean> {
    return (
      await this.#ledger.once("remove-evidence", call, async () => {
        await this.#ledger.find(caseId, call);
        const known = (await this.#records.evidence(caseId)).find(({ id }) => id === evidence);
        if (known) {
          await this.#store.run(
            this.#store.sql
              .updateTable("case_evidence")
              .set({ removed_at: instant(Date.now()) })
              .where("id", "=", evidence),
          );
          await this.#ledger.write(caseId, call, { text: `Taken off the evidence board: ${known.title}.` });
        }
        return { caseId, output: { removed: known !== undefined } };
      })
    ).output.removed;
  }

  async report(caseId: string, { title }: { readonly title: string | null }, call: DeskCall): Promise<{ case: CaseSnapshot } & WrittenReport> {
    const { output } = await this.#ledger.once("report", call, async () => {
      await this.#ledger.find(caseId, call);
      const record = await this.#records.record(caseId);
      if (record === null) throw unknownCase(caseId);
      const model = investigationSummary(withoutMentions(record), Date.now(), title ?? undefined);
      const id = `${caseId}-report-${String(record.reports.length + 1).padStart(3, "0")}`;
      await this.#store.run(
        this.#store.sql
          .insertInto("case_reports")
          .values({ id, case_id: caseId, title: model.title, at: instant(Date.now()), by: call.actor, model: JSON.stringify(model), html: renderReportHtml(model) }),
      );
      await this.#ledger.write(caseId, call, { text: entryText.reported(model.title) });
      return { caseId, output: { report: id } };
    });
    const written = await this.#store.first(this.#store.sql.selectFrom("case_reports").selectAll().where("id", "=", output.report));
    if (!written) throw unknownCase(caseId);
    const model = JSON.parse(written.model) as ReportModel;
    const pdf = await this.#pdf(model);
    return {
      case: await this.#ledger.snapshot(caseId),
      reportId: written.id,
      title: written.title,
      html: written.html,
      text: renderReportText(model),
      attachment: { filename: `${caseId}-investigation-summary.pdf`, contentType: "application/pdf", contentBase64: Buffer.from(pdf).toString("base64") },
    };
  }

  async link(caseId: string, otherId: string, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    await this.#ledger.once("link", call, async () => {
      const one = await this.#ledger.find(caseId, call);
      const other = await this.#ledger.find(otherId, call);
      if (caseId === otherId) throw new ActionError("invalid-input", "A case is not linked with itself.");
      const known = await this.#store.first(this.#store.sql.selectFrom("case_links").select("other").where("case_id", "=", caseId).where("other", "=", otherId));
      if (known) return { caseId, output: {} };
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        await this.#store.run(
          this.#store.sql
            .insertInto("case_links")
            .values({ case_id: from.id, other: to.id })
            .onConflict((on) => on.doNothing()),
        );
        if (to.restricted === 0 || from.restricted === 1) await this.#ledger.write(from.id, call, { text: entryText.linked(to.id, to.title) });
      }
      return { caseId, output: {} };
    });
    return { case: await this.#ledger.snapshot(caseId) };
  }

  async close(caseId: string, { resolution, children }: { readonly resolution: string; readonly children: "keep" | "close" }, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    await this.#ledger.once("close", call, async () => {
      await this.#ledger.find(caseId, call);
      const closing = [caseId];
      for (let id = closing.shift(); id !== undefined; id = closing.shift()) {
        const now = Date.now();
        await this.#store.lock(`case ${id}`);
        const row = await this.#records.row(id);
        if (!row || (id !== caseId && !(await this.#ledger.mayKnow(row, call)))) continue;
        if (children === "close") closing.push(...(await this.#store.all(this.#store.sql.selectFrom("cases").select("id").where("parent", "=", id))).map((child) => child.id));
        if (row.status === "closed") continue;
        await this.#ledger.set(id, { status: "closed", resolution, closed_at: instant(now) });
        await this.#ledger.putClocks(
          id,
          (await this.#records.clocks(id)).map((clock) => stopSla(clock, now)),
        );
        await this.#ledger.write(id, call, { text: entryText.closed(resolution) });
      }
      return { caseId, output: {} };
    });
    return { case: await this.#ledger.snapshot(caseId) };
  }
}

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

import { ActionError, type Json } from "@drawbridge/integration-kit";
import type { Assignment, CaseDesk, CaseUpdate, DeskCall, NewEvidence, OpenCase, OpenChildCase, SlaChange } from "../case-desk.ts";
import type { CaseEntry, CaseField, CaseRecord, FileEvent, PersonRef, Provenance } from "../case-record.ts";
import { type CaseSnapshot, snapshotOf } from "../case-snapshot.ts";
import { chooseOwner } from "../choose-owner.ts";
import { entryText } from "../entry-text.ts";
import { renderReportHtml } from "../report/render-report-html.ts";
import { renderReportText } from "../report/render-report-text.ts";
import { investigationSummary } from "../report/report-model.ts";
import { pauseSla, resumeSla, type SlaClock, startSla, stopSla } from "../sla.ts";
import type { CaseSeed } from "./case-seed.ts";

/** Cases in memory, for dry runs and the command line. */
export class InMemoryCaseDesk implements CaseDesk {
  readonly #people: CaseSeed["people"];
  readonly #clock: () => number;
  readonly #cases = new Map<string, CaseRecord>();
  readonly #done = new Map<string, Promise<unknown>>();
  readonly #changes: { what: string; at: number }[] = [];
  #nextNumber: number;

  constructor({ people, firstNumber, open }: CaseSeed, clock: () => number) {
    this.#people = people;
    this.#nextNumber = firstNumber;
    this.#clock = clock;
    for (const { members, ...facts } of open) {
      const record = this.#create({ ...facts, severity: "medium", subject: "", alert: null, members: members.map((email) => this.#person(email)), fields: {} });
      this.#cases.set(record.id, record);
    }
  }

  /** Everything the desk holds, in the order in which the cases were opened. */
  records(): readonly CaseRecord[] {
    return [...this.#cases.values()];
  }

  /** Each change once, however often it was sent. */
  changes(): readonly { readonly what: string; readonly at: number }[] {
    return this.#changes;
  }

  async get(caseId: string): Promise<{ case: CaseSnapshot }> {
    return { case: this.#snapshot(this.#find(caseId)) };
  }

  open(request: OpenCase, call: DeskCall): Promise<{ case: CaseSnapshot; created: boolean }> {
    return this.#once("open", call, () => {
      const { alert } = request;
      const known =
        alert === null
          ? undefined
          : this.records().find((record) => record.status !== "closed" && record.parent === null && record.alert?.source === alert.source && record.alert.id === alert.id);
      if (known !== undefined) return { case: this.#snapshot(known), created: false };
      const { fields, members, ...rest } = request;
      const record = this.#create({ ...rest, members: members.map((email) => this.#person(email)), fields: this.#fields({}, fields, call, null) });
      this.#write(record, call, entryText.opened(record.title));
      return { case: this.#snapshot(this.#find(record.id)), created: true };
    });
  }

  update(caseId: string, { fields, source, ...rest }: CaseUpdate, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    return this.#once("update", call, () => {
      const record = this.#open(caseId);
      const changed = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      if (Object.keys(changed).length + Object.keys(fields).length === 0) return { case: this.#snapshot(record) };
      this.#write({ ...record, ...changed, fields: this.#fields(record.fields, fields, call, source) }, call, entryText.updated(Object.keys(fields), Object.keys(changed)));
      return { case: this.#snapshot(this.#find(caseId)) };
    });
  }

  addFileEvents(caseId: string, events: readonly FileEvent[], call: DeskCall): Promise<{ case: CaseSnapshot; added: number }> {
    return this.#once("add-file-events", call, () => {
      const record = this.#open(caseId);
      const known = new Set(record.fileEvents.map((event) => event.id));
      const added = events.filter((event) => !known.has(event.id) && known.add(event.id) !== undefined);
      const bytes = added.reduce((sum, event) => sum + (event.fileSize ?? 0), 0);
      if (added.length > 0) this.#write({ ...record, fileEvents: [...record.fileEvents, ...added] }, call, entryText.fileEvents(added.length, bytes));
      return { case: this.#snapshot(this.#find(caseId)), added: added.length };
    });
  }

  assign(caseId: string, assignment: Assignment, call: DeskCall): Promise<{ case: CaseSnapshot; owner: PersonRef; reason: string }> {
    return this.#once("assign", call, () => {
      const record = this.#open(caseId);
      const chosen = "owner" in assignment ? { owner: this.#person(assignment.owner), reason: "was named" } : chooseOwner(assignment, this.#alertType(record), this.#candidates());
      if (chosen === null) throw new ActionError("not-found", "Nobody can own the case by this rule.");
      this.#write(
        { ...record, owner: chosen.owner, members: withMember(record.members, chosen.owner) },
        call,
        entryText.assigned(chosen.owner, "owner" in assignment ? null : chosen.reason),
      );
      return { case: this.#snapshot(this.#find(caseId)), ...chosen };
    });
  }

  changeSla(caseId: string, change: SlaChange, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    return this.#once("change-sla", call, () => {
      const record = this.#find(caseId);
      const slas = changeClocks(record, change, this.#clock());
      if (slas !== record.slas) this.#write({ ...record, slas }, call, entryText.sla(change));
      return { case: this.#snapshot(this.#find(caseId)) };
    });
  }

  openChild(parentId: string, request: OpenChildCase, call: DeskCall): Promise<{ case: CaseSnapshot; child: CaseSnapshot }> {
    return this.#once("open-child", call, () => {
      const parent = this.#open(parentId);
      const owner = request.owner === null ? null : this.#person(request.owner);
      const members = request.members.map((email) => this.#person(email));
      const copied = Object.entries(parent.fields).filter(([key]) => request.copyFields === null || request.copyFields.includes(key));
      const child = this.#create({
        type: request.type ?? parent.type,
        title: request.title,
        subject: parent.subject,
        severity: request.severity ?? parent.severity,
        alert: parent.alert,
        owner,
        members: owner === null ? members : withMember(members, owner),
        restricted: request.restricted,
        parent: parent.id,
        fields: Object.fromEntries(copied),
        fileEvents: request.copyFileEvents ? parent.fileEvents : [],
      });
      this.#write(child, call, entryText.opened(child.title));
      const above = { ...parent, children: [...parent.children, { id: child.id, title: child.title, restricted: child.restricted }] };
      if (request.restricted) this.#cases.set(parent.id, above);
      else this.#write(above, call, entryText.childOpened(child.id, child.title));
      return { case: this.#snapshot(this.#find(parentId)), child: this.#snapshot(this.#find(child.id)) };
    });
  }

  addNote(caseId: string, { text, data }: { readonly text: string; readonly data: Json | undefined }, call: DeskCall): Promise<{ case: CaseSnapshot; entry: string }> {
    return this.#once("add-note", call, () => {
      const entry = this.#write(this.#find(caseId), call, text, data);
      return { case: this.#snapshot(this.#find(caseId)), entry };
    });
  }

  addEvidence(caseId: string, { data, source, ...given }: NewEvidence, call: DeskCall): Promise<{ case: CaseSnapshot; evidence: string }> {
    return this.#once("add-evidence", call, () => {
      const record = this.#find(caseId);
      const provenance = this.#provenance(call, source);
      const evidence = { id: `${caseId}-evidence-${record.evidence.length + 1}`, ...given, ...(data === undefined ? {} : { data }), addedAt: provenance.at, provenance };
      this.#write({ ...record, evidence: [...record.evidence, evidence] }, call, entryText.evidence(given.title), undefined, evidence.id);
      return { case: this.#snapshot(this.#find(caseId)), evidence: evidence.id };
    });
  }

  report(caseId: string, { title }: { readonly title: string | null }, call: DeskCall) {
    return this.#once("report", call, () => {
      const record = this.#find(caseId);
      const now = this.#clock();
      const model = investigationSummary(record, now, title ?? undefined);
      const reportId = `${caseId}-report-${record.reports.length + 1}`;
      this.#write(
        { ...record, reports: [...record.reports, { id: reportId, title: model.title, at: new Date(now).toISOString(), by: call.actor }] },
        call,
        entryText.reported(model.title),
      );
      return { case: this.#snapshot(this.#find(caseId)), reportId, title: model.title, html: renderReportHtml(model), text: renderReportText(model), attachment: null };
    });
  }

  link(caseId: string, otherId: string, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    return this.#once("link", call, () => {
      const record = this.#find(caseId);
      const other = this.#find(otherId);
      if (caseId === otherId) throw new ActionError("invalid-input", "A case is not linked with itself.");
      if (!record.linked.some(({ id }) => id === otherId)) {
        this.#write({ ...record, linked: [...record.linked, { id: other.id, title: other.title }] }, call, entryText.linked(other.id, other.title));
        this.#write({ ...other, linked: [...other.linked, { id: record.id, title: record.title }] }, call, entryText.linked(record.id, record.title));
      }
      return { case: this.#snapshot(this.#find(caseId)) };
    });
  }

  close(caseId: string, { resolution, children }: { readonly resolution: string; readonly children: "keep" | "close" }, call: DeskCall): Promise<{ case: CaseSnapshot }> {
    return this.#once("close", call, () => {
      const closing = [caseId];
      for (let id = closing.shift(); id !== undefined; id = closing.shift()) {
        const record = this.#find(id);
        const now = this.#clock();
        if (children === "close") closing.push(...record.children.map((child) => child.id));
        if (record.status !== "closed")
          this.#write(
            { ...record, status: "closed", resolution, closedAt: new Date(now).toISOString(), slas: record.slas.map((clock) => stopSla(clock, now)) },
            call,
            entryText.closed(resolution),
          );
      }
      return { case: this.#snapshot(this.#find(caseId)) };
    });
  }

  #once<Result>(method: string, call: DeskCall, change: () => Result): Promise<Result> {
    const key = `${method} ${call.idempotencyKey}`;
    const known = this.#done.get(key) as Promise<Result> | undefined;
    if (known !== undefined) return known;
    const doing = (async () => change())();
    this.#done.set(key, doing);
    doing.then(
      () => void this.#changes.push({ what: key, at: this.#clock() }),
      () => void this.#done.delete(key),
    );
    return doing;
  }

  #create(given: Pick<CaseRecord, "type" | "title" | "subject" | "severity" | "alert" | "members" | "fields"> & Partial<CaseRecord>): CaseRecord {
    const record: CaseRecord = {
      id: `CASE-${this.#nextNumber}`,
      status: "open",
      owner: null,
      restricted: false,
      parent: null,
      children: [],
      linked: [],
      fileEvents: [],
      slas: [],
      evidence: [],
      entries: [],
      reports: [],
      createdAt: new Date(this.#clock()).toISOString(),
      closedAt: null,
      resolution: null,
      ...given,
    };
    this.#nextNumber += 1;
    return record;
  }

  /** Stores a record with a war-room entry about the change; returns the entry's id. */
  #write(record: CaseRecord, call: DeskCall, text: string, data?: Json, evidence: string | null = null): string {
    const { at } = this.#provenance(call, null);
    const person = call.actor.startsWith("playbook:") ? null : this.#person(call.actor);
    const entry: CaseEntry = {
      id: `${record.id}-entry-${record.entries.length + 1}`,
      at,
      kind: call.run !== null ? "playbook" : person === null ? "system" : "note",
      by: call.run === null ? person : null,
      text,
      run: call.run?.id ?? null,
      step: call.run?.step ?? null,
      stepName: null,
      integration: "cases",
      ...(data === undefined ? {} : { data }),
      evidence,
    };
    this.#cases.set(record.id, { ...record, entries: [...record.entries, entry] });
    return entry.id;
  }

  #find(caseId: string): CaseRecord {
    const record = this.#cases.get(caseId);
    if (record === undefined) throw new ActionError("not-found", `There is no case ${caseId}.`);
    return record;
  }

  #open(caseId: string): CaseRecord {
    const record = this.#find(caseId);
    if (record.status === "closed") throw new ActionError("conflict", `${caseId} is closed.`);
    return record;
  }

  #snapshot(record: CaseRecord): CaseSnapshot {
    return snapshotOf(record, this.#clock());
  }

  #fields(before: CaseRecord["fields"], given: { readonly [key: string]: Json }, call: DeskCall, source: string | null): CaseRecord["fields"] {
    const from = this.#provenance(call, source);
    return { ...before, ...Object.fromEntries(Object.entries(given).map(([key, value]): [string, CaseField] => [key, { value, from }])) };
  }

  #provenance({ actor, run }: DeskCall, source: string | null): Provenance {
    const step = source ?? run?.step;
    return { at: new Date(this.#clock()).toISOString(), by: actor, ...(run === null ? {} : { run: run.id }), ...(step === undefined ? {} : { step }) };
  }

  #person(email: string): PersonRef {
    const known = this.#people.find((person) => person.email.toLowerCase() === email.toLowerCase());
    return known === undefined ? { email, name: email } : { email: known.email, name: known.name };
  }

  #candidates() {
    const open = this.records().filter((record) => record.status !== "closed");
    return this.#people.map((person) => ({ ...person, openCases: open.filter((record) => record.owner?.email === person.email).length }));
  }

  #alertType(record: CaseRecord): string {
    const value = record.fields["alertType"]?.value;
    return typeof value === "string" ? value : record.type;
  }
}

const withMember = (members: readonly PersonRef[], person: PersonRef): readonly PersonRef[] =>
  members.some(({ email }) => email === person.email) ? members : [...members, person];

/** The clocks after a change; the same list when nothing changes. */
function changeClocks(record: CaseRecord, { name, change, targetMs, atRiskMs }: SlaChange, now: number): readonly SlaClock[] {
  const { slas } = record;
  const running = slas.find((clock) => clock.name === name && clock.stoppedAt === null);
  if (change === "start") {
    if (running !== undefined) return slas;
    if (record.status === "closed") throw new ActionError("conflict", `${record.id} is closed.`);
    if (targetMs === undefined) throw new ActionError("invalid-input", "A clock needs a target.");
    return [...slas, startSla({ id: `${record.id}-sla-${slas.length + 1}`, name, targetMs, atRiskMs }, now)];
  }
  if (running === undefined) {
    if (change === "stop" && slas.some((clock) => clock.name === name)) return slas;
    throw new ActionError("not-found", `${record.id} has no clock ${name} that runs.`);
  }
  const changed = { pause: pauseSla, resume: resumeSla, stop: stopSla }[change](running, now);
  return changed === running ? slas : slas.map((clock) => (clock === running ? changed : clock));
}

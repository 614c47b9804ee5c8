import type { DirectoryEntry } from "../directory-client.ts";
import { resultCodes } from "../result-error.ts";
import { decodePaging, type LdapControl, type LdapOperation, type LdapRequest, type LdapSearch } from "./ldap-request.ts";
import { encodeEntry, encodeResult, type LdapResult, pagingControl, responseTags } from "./ldap-response.ts";
import { faultResult, type DirectorySimulation } from "./simulate-directory.ts";

const pagedResults = "1.2.840.113556.1.4.319";
const startTls = "1.3.6.1.4.1.1466.20037";
const noticeOfDisconnection = "1.3.6.1.4.1.1466.20036";
const noBind = "000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v4563\0";
/** What Active Directory returns at most for one search or page. */
const mostEntries = 1000;

interface Answer {
  readonly messages: readonly Uint8Array[];
  readonly close: boolean;
}

/** One client's connection: who it is signed in as, and the answer to each request. */
export class LdapSession {
  readonly #simulation: DirectorySimulation;
  #boundAs: string | null = null;

  constructor(simulation: DirectorySimulation) {
    this.#simulation = simulation;
  }

  answer({ id, operation, controls }: LdapRequest): Answer {
    const result = (tag: number, value: LdapResult): Answer => ({ messages: [encodeResult(id, tag, value)], close: false });
    const unsupported = controls.find((control) => control.critical && control.type !== pagedResults);
    if (unsupported !== undefined && operation.kind !== "unbind" && operation.kind !== "abandon")
      return result(tagOf(operation), { result: resultCodes.unavailableCriticalExtension, diagnostic: `Control ${unsupported.type} is not supported.` });
    switch (operation.kind) {
      case "bind":
        return result(responseTags.bind, this.#bind(operation));
      case "unbind":
        return { messages: [], close: true };
      case "abandon":
        return { messages: [], close: false };
      case "search":
        return this.#search(id, operation, controls);
      case "modify":
        return this.#whenBound(id, responseTags.modify, { kind: "modify" }, () => {
          const answer = this.#simulation.directory.modify(operation.dn, operation.changes);
          if (!answer.ok) return answer;
          this.#simulation.recordChange(operation.dn);
          return { result: resultCodes.success };
        });
      case "compare":
        return this.#whenBound(id, responseTags.compare, null, () => {
          const answer = this.#simulation.directory.compare(operation.dn, operation.attribute, operation.value);
          return answer.ok ? { result: answer.equal ? resultCodes.compareTrue : resultCodes.compareFalse } : answer;
        });
      case "extended":
        if (operation.name === startTls)
          return result(responseTags.extended, {
            result: resultCodes.unavailable,
            diagnostic: "00000000: LdapErr: DSID-0C0911FE, comment: Error initializing SSL/TLS, data 0, v4563\0",
            responseName: startTls,
          });
        return result(responseTags.extended, {
          result: resultCodes.protocolError,
          diagnostic: "0000203D: LdapErr: DSID-0C090B33, comment: Unknown extended request OID, data 0, v4563\0",
        });
      case "other":
        return this.#whenBound(id, operation.responseTag, null, () => ({ result: resultCodes.unwillingToPerform, diagnostic: "This directory's entries are fixed." }));
      case "unknown":
        return {
          messages: [encodeResult(0, responseTags.extended, { result: resultCodes.protocolError, diagnostic: "There is no such operation.", responseName: noticeOfDisconnection })],
          close: true,
        };
    }
  }

  #bind({ version, name, password }: LdapOperation & { kind: "bind" }): LdapResult {
    this.#boundAs = null;
    if (version !== 3) return { result: resultCodes.protocolError, diagnostic: "Only LDAP version 3 is spoken." };
    if (password === null)
      return { result: resultCodes.authMethodNotSupported, diagnostic: "00002027: LdapErr: DSID-0C0905D7, comment: Only simple authentication is offered, data 0, v4563\0" };
    if (name === "" && password === "") return { result: resultCodes.success };
    if (password === "") return { result: resultCodes.unwillingToPerform, diagnostic: "Unauthenticated bind is not allowed." };
    const answer = this.#simulation.directory.bind(name, password);
    if (!answer.ok) return answer;
    this.#boundAs = answer.dn;
    return { result: resultCodes.success };
  }

  #search(id: number, search: LdapSearch, controls: readonly LdapControl[]): Answer {
    const done = (value: LdapResult): Answer => ({ messages: [encodeResult(id, responseTags.searchDone, value)], close: false });
    if (search.base === "" && search.scope === "base")
      return { messages: [encodeEntry(id, this.#rootDse(), search.typesOnly), encodeResult(id, responseTags.searchDone, { result: resultCodes.success })], close: false };
    if (this.#boundAs === null) return done({ result: resultCodes.operationsError, diagnostic: noBind });
    const fault = this.#simulation.takeFault({ kind: "search", scope: search.scope, filter: search.filter });
    if (fault !== null) return faultAnswer(id, responseTags.searchDone, faultResult(fault));
    const answer = this.#simulation.directory.search(search.base, search.scope, search.filter, search.attributes);
    if (!answer.ok) return done(answer);

    const control = controls.find(({ type }) => type === pagedResults);
    const paging = control === undefined ? null : decodePaging(control.value);
    if (paging !== null && !/^(?:after:\d{1,9})?$/.test(paging.cookie))
      return done({ result: resultCodes.unwillingToPerform, diagnostic: "00000057: LdapErr: DSID-0C090947, comment: Error processing control, data 0, v4563\0" });
    const start = paging === null ? 0 : Number(paging.cookie.slice("after:".length) || "0");
    const pageSize = paging === null ? mostEntries : Math.min(paging.size, mostEntries);
    const wanted = search.sizeLimit > 0 ? Math.min(search.sizeLimit, answer.entries.length) : answer.entries.length;
    const page = answer.entries.slice(start, Math.min(start + pageSize, wanted));
    const end = start + page.length;
    const overLimit = paging === null ? end < answer.entries.length : end === wanted && wanted < answer.entries.length;
    const cookie = paging !== null && pageSize > 0 && end < wanted ? `after:${end}` : "";
    const result = { result: overLimit ? resultCodes.sizeLimitExceeded : resultCodes.success };
    return {
      messages: [
        ...page.map((entry) => encodeEntry(id, entry, search.typesOnly)),
        encodeResult(id, responseTags.searchDone, result, paging === null ? [] : [pagingControl(pagedResults, cookie)]),
      ],
      close: false,
    };
  }

  #whenBound(id: number, tag: number, faultKind: { readonly kind: "modify" } | null, perform: () => LdapResult): Answer {
    if (this.#boundAs === null) return { messages: [encodeResult(id, tag, { result: resultCodes.operationsError, diagnostic: noBind })], close: false };
    const fault = faultKind === null ? null : this.#simulation.takeFault(faultKind);
    if (fault !== null) return faultAnswer(id, tag, faultResult(fault));
    return { messages: [encodeResult(id, tag, perform())], close: false };
  }

  #rootDse(): DirectoryEntry {
    const { baseDn } = this.#simulation.directory;
    return {
      dn: "",
      attributes: {
        objectClass: ["top"],
        namingContexts: [baseDn],
        defaultNamingContext: [baseDn],
        supportedLDAPVersion: ["3"],
        supportedControl: [pagedResults],
        vendorName: ["Drawbridge directory simulator"],
      },
    };
  }
}

const faultAnswer = (id: number, tag: number, result: number | null): Answer => ({
  messages: result === null ? [] : [encodeResult(id, tag, { result, diagnostic: "Simulated fault.\0" })],
  close: false,
});

function tagOf(operation: LdapOperation): number {
  switch (operation.kind) {
    case "bind":
      return responseTags.bind;
    case "search":
      return responseTags.searchDone;
    case "modify":
      return responseTags.modify;
    case "compare":
      return responseTags.compare;
    case "other":
      return operation.responseTag;
    case "extended":
    case "unknown":
    case "abandon":
    case "unbind":
      return responseTags.extended;
  }
}

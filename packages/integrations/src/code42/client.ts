import { ActionError, createJsonClient, type HttpTransport, type Json, type JsonClient, type JsonRequest } from "@drawbridge/integration-kit";
import type * as z from "zod";
import * as answers from "./answers.ts";

export interface Code42Filter {
  readonly term: string;
  readonly operator: "IS" | "IS_NOT" | "ON_OR_AFTER" | "ON_OR_BEFORE" | "GREATER_THAN";
  readonly value: string | number;
}

/** Filters of a group are joined by its clause, groups by AND. */
export interface Code42FilterGroup {
  readonly filterClause: "AND" | "OR";
  readonly filters: readonly Code42Filter[];
}

export interface Code42ClientOptions {
  readonly transport: HttpTransport;
  readonly clientId: string;
  readonly secret: string;
  readonly now: () => number;
}

/** What several requests wait for is not cancelled with one of them; the transport's time limit ends it. */
const shared = new AbortController().signal;

/** A token is asked for anew so long before it ends. */
const tokenMarginMs = 30_000;

/** The Incydr API, over a socket or in memory. */
export class Code42Client {
  readonly #options: Code42ClientOptions;
  readonly #json: JsonClient;
  #token: Promise<{ readonly value: string; readonly endsAt: number }> | null = null;
  #tenant: Promise<string> | null = null;

  constructor(options: Code42ClientOptions) {
    this.#options = options;
    this.#json = createJsonClient({ vendor: "Code42", transport: options.transport, now: options.now, secrets: [options.secret, basic(options)], messageOf });
  }

  /** The tenant's id; also proves address and credentials. */
  async tenantId(): Promise<string> {
    const asked = (this.#tenant ??= this.#request({ method: "GET", path: "/v1/customer", signal: shared }, answers.customerAnswer).then(({ tenantId }) => tenantId));
    try {
      return await asked;
    } catch (error) {
      if (this.#tenant === asked) this.#tenant = null;
      throw error;
    }
  }

  /** Pages count from 0. */
  async queryAlerts(groups: readonly Code42FilterGroup[], page: { readonly number: number; readonly size: number }, signal: AbortSignal) {
    const body = {
      tenantId: await this.tenantId(),
      groupClause: "AND",
      groups: groups as unknown as Json,
      pgNum: page.number,
      pgSize: page.size,
      srtKey: "CreatedAt",
      srtDirection: "asc",
    };
    return this.#request({ method: "POST", path: "/v1/alerts/query-alerts", body, reads: true, signal }, answers.alertQueryAnswer);
  }

  /** Null when there is no such alert. */
  async alert(id: string, signal: AbortSignal): Promise<answers.VendorAlert | null> {
    const body = { tenantId: await this.tenantId(), alertIds: [id] };
    const { alerts } = await this.#request({ method: "POST", path: "/v1/alerts/query-details", body, reads: true, signal }, answers.alertDetailsAnswer);
    return alerts?.find((alert) => alert.id === id) ?? null;
  }

  async updateAlertState(id: string, state: string, note: string | undefined, signal: AbortSignal): Promise<void> {
    const body = { tenantId: await this.tenantId(), alertIds: [id], state, ...(note === undefined ? {} : { note }) };
    await this.#send({ method: "POST", path: "/v1/alerts/update-state", body, signal });
  }

  async addAlertNote(alertId: string, note: string, signal: AbortSignal): Promise<void> {
    await this.#send({ method: "POST", path: "/v1/alerts/add-note", body: { tenantId: await this.tenantId(), alertId, note }, signal });
  }

  /** Pages count from 1. */
  searchFileEvents(groups: readonly Code42FilterGroup[], page: { readonly number: number; readonly size: number }, signal: AbortSignal) {
    const body = { groupClause: "AND", groups: groups as unknown as Json, pgNum: page.number, pgSize: page.size, srtKey: "@timestamp", srtDir: "asc" };
    return this.#request({ method: "POST", path: "/v2/file-events", body, reads: true, signal }, answers.fileEventsAnswer);
  }

  /** Null when nobody has exactly this user name. */
  async user(username: string, signal: AbortSignal): Promise<answers.VendorUser | null> {
    const { users } = await this.#request({ method: "GET", path: "/v1/users", query: { username, page: 1, page_size: 100 }, signal }, answers.usersAnswer);
    return users?.find((user) => user.username.toLowerCase() === username.toLowerCase()) ?? null;
  }

  /** All of them, or those that a user is on. */
  async watchlists(userId: string | null, signal: AbortSignal): Promise<readonly z.output<typeof answers.watchlistAnswer>[]> {
    const { watchlists } = await this.#request({ method: "GET", path: "/v1/watchlists", query: { page: 1, page_size: 100, user_id: userId }, signal }, answers.watchlistsAnswer);
    return watchlists ?? [];
  }

  createWatchlist(watchlistType: string, signal: AbortSignal) {
    return this.#request({ method: "POST", path: "/v1/watchlists", body: { watchlistType }, signal }, answers.watchlistAnswer);
  }

  async includedUsers(watchlistId: string, signal: AbortSignal) {
    const { includedUsers } = await this.#request({ method: "GET", path: `/v1/watchlists/${encodeURIComponent(watchlistId)}/included-users`, signal }, answers.includedUsersAnswer);
    return includedUsers ?? [];
  }

  async changeIncludedUsers(watchlistId: string, change: "add" | "delete", userIds: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#send({ method: "POST", path: `/v1/watchlists/${encodeURIComponent(watchlistId)}/included-users/${change}`, body: { userIds, watchlistId }, signal });
  }

  /** Sets the last day, `YYYY-MM-DD`, and the notes of a user's risk profile. */
  async updateRiskProfile(userId: string, profile: { readonly endDate?: string; readonly notes?: string }, signal: AbortSignal): Promise<void> {
    const [year = 0, month = 0, day = 0] = (profile.endDate ?? "").split("-").map(Number);
    const body = { ...(profile.endDate === undefined ? {} : { endDate: { year, month, day } }), ...(profile.notes === undefined ? {} : { notes: profile.notes }) };
    await this.#send({ method: "PATCH", path: `/v1/user-risk-profiles/${encodeURIComponent(userId)}`, query: { paths: Object.keys(body).join(",") }, body, signal });
  }

  #request<Schema extends z.ZodType>(request: JsonRequest, answer: Schema): Promise<z.output<Schema>> {
    return this.#signedIn(request, (signed) => this.#json.request(signed, answer));
  }

  async #send(request: JsonRequest): Promise<void> {
    await this.#signedIn(request, (signed) => this.#json.send(signed));
  }

  /** A token that is refused once may have been revoked: a new one is asked for, and the request, which was not carried out, is sent again. */
  async #signedIn<Answer>(request: JsonRequest, send: (signed: JsonRequest) => Promise<Answer>): Promise<Answer> {
    const attempt = async () => send({ ...request, headers: { ...request.headers, authorization: `Bearer ${await this.#bearer()}` } });
    const used = this.#token;
    try {
      return await attempt();
    } catch (error) {
      if (used === null || !(error instanceof ActionError) || error.code !== "authentication-failed") throw error;
      if (this.#token === used) this.#token = null;
      return attempt();
    }
  }

  async #bearer(): Promise<string> {
    const known = this.#token;
    if (known !== null) {
      const token = await known;
      if (token.endsAt - tokenMarginMs > this.#options.now()) return token.value;
    }
    const asked = this.#token === known ? (this.#token = this.#askToken()) : (this.#token ?? this.#askToken());
    try {
      return (await asked).value;
    } catch (error) {
      if (this.#token === asked) this.#token = null;
      throw error;
    }
  }

  async #askToken() {
    const request: JsonRequest = { method: "POST", path: "/v1/oauth", headers: { authorization: `Basic ${basic(this.#options)}` }, reads: true, signal: shared };
    const { access_token, expires_in } = await this.#json.request(request, answers.tokenAnswer);
    return { value: access_token, endsAt: this.#options.now() + expires_in * 1_000 };
  }
}

function basic({ clientId, secret }: Pick<Code42ClientOptions, "clientId" | "secret">): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${clientId}:${secret}`)));
}

function messageOf(body: Json): string | null {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
  const fields = body as { readonly [key: string]: Json };
  const said = ["detail", "message", "description", "error_description", "error"].map((name) => fields[name]).find((value) => typeof value === "string");
  return typeof said === "string" ? said : null;
}

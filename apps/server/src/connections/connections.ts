import { type Integration, secretFields } from "@drawbridge/integration-kit";
import { integrations } from "@drawbridge/integrations";
import type { Json } from "@drawbridge/playbook";
import type { ConnectionView } from "@drawbridge/protocol";
import { instant } from "../instant.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { Sealer } from "../secrets/sealer.ts";
import type { Store } from "../store/store.ts";
import type { ConnectionRow } from "../store/tables.ts";

type Fields = { readonly [key: string]: Json };

/** What is set of a connection. `settings` holds secrets too; they are sealed before they are stored. */
export interface ConnectionInput {
  readonly name: string;
  readonly settings: Fields;
  readonly allowPrivateNetwork?: boolean | undefined;
  readonly enabled?: boolean | undefined;
}

/** A connection as its wire takes it: settings checked, secrets in the clear. Never leaves the server. */
export interface OpenConnection {
  readonly id: string;
  readonly integration: string;
  readonly settings: unknown;
  readonly allowPrivateNetwork: boolean;
}

const byId = new Map(integrations.map((integration) => [integration.id, integration]));
const idPattern = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** Configured connections; their secrets are sealed at rest, known to the redactor, and never in a view. */
export class Connections {
  readonly #store: Store;
  readonly #sealer: Sealer;
  readonly #redactor: Redactor;
  readonly #listeners = new Set<(id: string) => void>();

  constructor(store: Store, sealer: Sealer, redactor: Redactor) {
    this.#store = store;
    this.#sealer = sealer;
    this.#redactor = redactor;
    for (const row of this.#rows()) redactor.know(row.id, secretTexts(this.#secretsOf(row)));
  }

  onChange(listener: (id: string) => void): void {
    this.#listeners.add(listener);
  }

  list(): ConnectionView[] {
    return this.#rows().map((row) => this.#view(row));
  }

  view(id: string): ConnectionView {
    return this.#view(this.#known(id));
  }

  create(id: string, integrationId: string, input: ConnectionInput): ConnectionView {
    if (!idPattern.test(id)) throw new ProblemError("invalid-request", "The id must be a slug: lower-case letters, digits and inner hyphens.", { pointer: "/id" });
    if (!byId.has(integrationId)) throw new ProblemError("invalid-request", `There is no integration ${integrationId}.`, { pointer: "/integration" });
    if (this.#row(id)) throw new ProblemError("already-exists", `There is a connection ${id} already.`, { pointer: "/id" });
    this.#store.run(this.#store.sql.insertInto("connections").values({ ...this.#prepared(id, integrationId, input, {}), last_test: null }));
    this.#changed(id);
    return this.view(id);
  }

  update(id: string, input: ConnectionInput): ConnectionView {
    const row = this.#known(id);
    this.#store.run(
      this.#store.sql
        .updateTable("connections")
        .set(this.#prepared(id, row.integration, input, this.#secretsOf(row), row))
        .where("id", "=", id),
    );
    this.#changed(id);
    return this.view(id);
  }

  /** Creates or replaces, for connections that a file or the sample world gives. */
  put(id: string, integration: string, input: ConnectionInput): void {
    const row = this.#row(id);
    if (row && row.integration !== integration) this.#store.run(this.#store.sql.deleteFrom("connections").where("id", "=", id));
    if (row && row.integration === integration) this.update(id, input);
    else this.create(id, integration, input);
  }

  delete(id: string): void {
    const { usedBy } = this.view(id);
    if (usedBy.length > 0)
      throw new ProblemError(
        "in-use",
        `${usedBy.length === 1 ? "A playbook uses" : `${usedBy.length} playbooks use`} this connection: ${usedBy
          .slice(0, 5)
          .map(({ name }) => name)
          .join(", ")}.`,
      );
    this.#store.run(this.#store.sql.deleteFrom("connections").where("id", "=", id));
    this.#redactor.forget(id);
    for (const listener of this.#listeners) listener(id);
  }

  tested(id: string, ok: boolean, message: string): void {
    this.#store.run(
      this.#store.sql
        .updateTable("connections")
        .set({ last_test: JSON.stringify({ at: instant(Date.now()), ok, message }) })
        .where("id", "=", id),
    );
  }

  /** The named connection, else the first enabled one of the integration; null when there is none. */
  find(integration: string, id: string | undefined): OpenConnection | null {
    const row = id === undefined ? this.#rows().find((each) => each.integration === integration && each.enabled === 1) : this.#row(id);
    return row && row.integration === integration && row.enabled === 1 ? this.#opened(row) : null;
  }

  /** For a test, whether it is enabled or not. */
  open(id: string): OpenConnection {
    return this.#opened(this.#known(id));
  }

  #opened(row: ConnectionRow): OpenConnection {
    const schema = byId.get(row.integration)?.connection;
    const settings = schema?.parse({ ...(JSON.parse(row.settings) as Fields), ...this.#secretsOf(row) });
    return { id: row.id, integration: row.integration, settings, allowPrivateNetwork: row.allow_private === 1 };
  }

  #prepared(id: string, integrationId: string, input: ConnectionInput, before: Fields, row?: ConnectionRow): Omit<ConnectionRow, "last_test"> {
    const integration = byId.get(integrationId);
    if (!integration) throw new ProblemError("invalid-request", `There is no integration ${integrationId}.`, { pointer: "/integration" });
    const secretNames = secretFields(integration.connection);
    const allow = input.allowPrivateNetwork ?? (row ? row.allow_private === 1 : input.settings["allowPrivateNetwork"] === true);
    const hasSwitch = "allowPrivateNetwork" in shapeOf(integration);
    const open = Object.fromEntries(Object.entries(input.settings).filter(([name]) => !secretNames.includes(name) && name !== "allowPrivateNetwork"));
    const given = Object.entries(input.settings).filter(([name, value]) => secretNames.includes(name) && value !== "" && value !== null);
    const secrets: Fields = { ...before, ...Object.fromEntries(given) };
    const settings = { ...open, ...(hasSwitch ? { allowPrivateNetwork: allow } : {}) };
    const read = integration.connection.safeParse({ ...settings, ...secrets });
    if (!read.success) {
      const problems = read.error.issues.map((issue) => ({
        code: String(issue.code),
        message: issue.message,
        pointer: `/settings${issue.path.map((part) => `/${String(part)}`).join("")}`,
      }));
      throw new ProblemError("invalid-request", `${problems[0]?.pointer ?? ""}: ${problems[0]?.message ?? ""}`, { pointer: problems[0]?.pointer ?? "/settings", problems });
    }
    return {
      id,
      integration: integrationId,
      name: input.name,
      settings: JSON.stringify(settings),
      sealed: this.#sealer.seal(JSON.stringify(secrets), `connection ${id}`),
      secrets: JSON.stringify(Object.keys(secrets)),
      allow_private: allow ? 1 : 0,
      enabled: (input.enabled ?? (row ? row.enabled === 1 : true)) ? 1 : 0,
    };
  }

  #changed(id: string): void {
    this.#redactor.know(id, secretTexts(this.#secretsOf(this.#known(id))));
    for (const listener of this.#listeners) listener(id);
  }

  #secretsOf(row: ConnectionRow): Fields {
    return JSON.parse(this.#sealer.open(row.sealed, `connection ${row.id}`)) as Fields;
  }

  #view(row: ConnectionRow): ConnectionView {
    const usedBy = this.#store.all(
      this.#store.sql
        .selectFrom("playbook_connections")
        .innerJoin("playbooks", "playbooks.id", "playbook_connections.playbook_id")
        .select(["playbooks.id", "playbooks.name"])
        .where("connection", "=", row.id)
        .where("playbooks.deleted", "=", 0)
        .orderBy("playbooks.name")
        .limit(200),
    );
    return {
      id: row.id,
      integration: row.integration,
      name: row.name,
      settings: JSON.parse(row.settings) as Record<string, Json>,
      secrets: JSON.parse(row.secrets) as string[],
      allowPrivateNetwork: row.allow_private === 1,
      enabled: row.enabled === 1,
      usedBy,
      lastTest: row.last_test === null ? null : (JSON.parse(row.last_test) as ConnectionView["lastTest"]),
    };
  }

  #rows(): ConnectionRow[] {
    return this.#store.all(this.#store.sql.selectFrom("connections").selectAll().orderBy("id"));
  }

  #row(id: string): ConnectionRow | undefined {
    return this.#store.first(this.#store.sql.selectFrom("connections").selectAll().where("id", "=", id));
  }

  #known(id: string): ConnectionRow {
    const row = this.#row(id);
    if (!row) throw notFound("connection");
    return row;
  }
}

const secretTexts = (secrets: Fields): string[] => Object.values(secrets).filter((value) => typeof value === "string");

const shapeOf = ({ connection }: Integration): object => ("shape" in connection && typeof connection.shape === "object" && connection.shape !== null ? connection.shape : {});

import { type Integration, secretFields } from "@drawbridge/integration-kit";
import { integrations } from "@drawbridge/integrations";
import type { Json } from "@drawbridge/playbook";
import type { ConnectionView } from "@drawbridge/protocol";
import { instant } from "../instant.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import type { Bus } from "../processes/bus.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { Sealer } from "../secrets/sealer.ts";
import { StartError } from "../start-error.ts";
import type { Store } from "../store/store.ts";
import type { ConnectionRow } from "../store/tables.ts";

type ChangeListener = (id: string) => void;
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
  readonly #bus: Bus;
  readonly #listeners = new Set<ChangeListener>();

  constructor(store: Store, sealer: Sealer, redactor: Redactor, bus: Bus) {
    this.#store = store;
    this.#sealer = sealer;
    this.#redactor = redactor;
    this.#bus = bus;
    bus.on("connection-changed", ({ id }) => this.#refresh(id));
  }

  /** Tells the redactor what is secret; throws when the key does not open what is stored. */
  async load(): Promise<void> {
    for (const row of await this.#rows()) {
      let secrets: Fields;
      try {
        secrets = this.#secretsOf(row);
      } catch (error) {
        throw new StartError(
          "wrong-key",
          `The key does not open the secrets of the connection ${row.id}. Give all processes of a database the same DRAWBRIDGE_KEY, the one with which it was stored.`,
          error,
        );
      }
      this.#redactor.know(row.id, secretTexts(secrets));
    }
  }

  /** Reads what was changed, here or by another process. */
  async #refresh(id: string): Promise<void> {
    const row = await this.#row(id);
    if (row) this.#redactor.know(id, secretTexts(this.#secretsOf(row)));
    else this.#redactor.forget(id);
    for (const listener of this.#listeners) listener(id);
  }

  onChange(listener: ChangeListener): void {
    this.#listeners.add(listener);
  }

  async list(): Promise<ConnectionView[]> {
    const views: ConnectionView[] = [];
    for (const row of await this.#rows()) views.push(await this.#view(row));
    return views;
  }

  async view(id: string): Promise<ConnectionView> {
    return this.#view(await this.#known(id));
  }

  async create(id: string, integrationId: string, input: ConnectionInput): Promise<ConnectionView> {
    if (!idPattern.test(id)) throw new ProblemError("invalid-request", "The id must be a slug: lower-case letters, digits and inner hyphens.", { pointer: "/id" });
    if (!byId.has(integrationId)) throw new ProblemError("invalid-request", `There is no integration ${integrationId}.`, { pointer: "/integration" });
    const row = { ...this.#prepared(id, integrationId, input, {}), last_test: null };
    await this.#change(id, async () => {
      const added = await this.#store.run(
        this.#store.sql
          .insertInto("connections")
          .values(row)
          .onConflict((on) => on.column("id").doNothing()),
      );
      if (added === 0) throw new ProblemError("already-exists", `There is a connection ${id} already.`, { pointer: "/id" });
    });
    return this.view(id);
  }

  async update(id: string, input: ConnectionInput): Promise<ConnectionView> {
    await this.#change(id, async () => {
      const row = await this.#known(id);
      await this.#store.run(
        this.#store.sql
          .updateTable("connections")
          .set(this.#prepared(id, row.integration, input, this.#secretsOf(row), row))
          .where("id", "=", id),
      );
    });
    return this.view(id);
  }

  /** Creates or replaces, for connections that a file or the sample world gives. */
  async put(id: string, integration: string, input: ConnectionInput): Promise<void> {
    await this.#change(id, async () => {
      const row = await this.#row(id);
      const before = row?.integration === integration ? { secrets: this.#secretsOf(row), row } : { secrets: {} };
      await this.#store.run(this.#store.sql.deleteFrom("connections").where("id", "=", id));
      const last_test = before.row?.last_test ?? null;
      await this.#store.run(this.#store.sql.insertInto("connections").values({ ...this.#prepared(id, integration, input, before.secrets, before.row), last_test }));
    });
  }

  async delete(id: string): Promise<void> {
    const { usedBy } = await this.view(id);
    if (usedBy.length > 0)
      throw new ProblemError(
        "in-use",
        `${usedBy.length === 1 ? "A playbook uses" : `${usedBy.length} playbooks use`} this connection: ${usedBy
          .slice(0, 5)
          .map(({ name }) => name)
          .join(", ")}.`,
      );
    await this.#change(id, async () => void (await this.#store.run(this.#store.sql.deleteFrom("connections").where("id", "=", id))));
  }

  async tested(id: string, ok: boolean, message: string): Promise<void> {
    await this.#store.run(
      this.#store.sql
        .updateTable("connections")
        .set({ last_test: JSON.stringify({ at: instant(Date.now()), ok, message }) })
        .where("id", "=", id),
    );
  }

  /** The named connection, else the first enabled one of the integration; null when there is none. */
  async find(integration: string, id: string | undefined): Promise<OpenConnection | null> {
    const row = id === undefined ? (await this.#rows()).find((each) => each.integration === integration && each.enabled === 1) : await this.#row(id);
    return row && row.integration === integration && row.enabled === 1 ? this.#opened(row) : null;
  }

  /** For a test, whether it is enabled or not. */
  async open(id: string): Promise<OpenConnection> {
    return this.#opened(await this.#known(id));
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

  /** Makes a change that no other overlaps, and tells all processes of it. */
  async #change(id: string, make: () => Promise<void>): Promise<void> {
    await this.#store.atomically(async () => {
      await this.#store.lock(`connection ${id}`);
      await make();
      await this.#bus.tell({ kind: "connection-changed", id });
    });
    await this.#refresh(id);
  }

  #secretsOf(row: ConnectionRow): Fields {
    return JSON.parse(this.#sealer.open(row.sealed, `connection ${row.id}`)) as Fields;
  }

  async #view(row: ConnectionRow): Promise<ConnectionView> {
    const usedBy = await this.#store.all(
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

  #rows(): Promise<ConnectionRow[]> {
    return this.#store.all(this.#store.sql.selectFrom("connections").selectAll().orderBy("id"));
  }

  #row(id: string): Promise<ConnectionRow | undefined> {
    return this.#store.first(this.#store.sql.selectFrom("connections").selectAll().where("id", "=", id));
  }

  async #known(id: string): Promise<ConnectionRow> {
    const row = await this.#row(id);
    if (!row) throw notFound("connection");
    return row;
  }
}

const secretTexts = (secrets: Fields): string[] => Object.values(secrets).filter((value) => typeof value === "string");

const shapeOf = ({ connection }: Integration): object => ("shape" in connection && typeof connection.shape === "object" && connection.shape !== null ? connection.shape : {});

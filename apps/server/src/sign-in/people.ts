import type { Person, Role } from "@drawbridge/protocol";
import { readCursor, writeCursor } from "../store/cursor.ts";
import { anywhere } from "../store/like.ts";
import { newId } from "../store/new-id.ts";
import type { Store } from "../store/store.ts";
import { hashPassword, passwordMatches } from "./passwords.ts";

/** Who can sign in. E-mail addresses are kept in lower case. */
export class People {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  byId(id: string): Promise<Person | undefined> {
    return this.#store.first(this.#store.sql.selectFrom("people").select(["id", "email", "name", "role"]).where("id", "=", id));
  }

  byEmail(email: string): Promise<Person | undefined> {
    return this.#store.first(this.#store.sql.selectFrom("people").select(["id", "email", "name", "role"]).where("email", "=", email.toLowerCase()));
  }

  /** An address with the person's name, or the address itself. */
  async reference(email: string): Promise<{ email: string; name: string }> {
    return { email, name: (await this.byEmail(email))?.name ?? email };
  }

  /** The same for several, in their order. */
  async references(emails: readonly string[]): Promise<{ email: string; name: string }[]> {
    if (emails.length === 0) return [];
    const lower = emails.map((email) => email.toLowerCase());
    const rows = await this.#store.all(this.#store.sql.selectFrom("people").select(["email", "name"]).where("email", "in", lower));
    const names = new Map(rows.map(({ email, name }) => [email, name]));
    return emails.map((email) => ({ email, name: names.get(email.toLowerCase()) ?? email }));
  }

  async any(): Promise<boolean> {
    return (await this.#store.first(this.#store.sql.selectFrom("people").select("id").limit(1))) !== undefined;
  }

  /** Adds a person unless the address is taken; tells whether it did. */
  async add(person: {
    readonly email: string;
    readonly name: string;
    readonly role: Role;
    readonly password: string;
    readonly alertTypes?: readonly string[];
    readonly onCall?: boolean;
  }): Promise<boolean> {
    if (await this.byEmail(person.email)) return false;
    const password_hash = await hashPassword(person.password);
    const row = {
      id: newId("p-", Date.now()),
      email: person.email.toLowerCase(),
      name: person.name,
      role: person.role,
      password_hash,
      alert_types: JSON.stringify(person.alertTypes ?? []),
      on_call: person.onCall === true ? 1 : 0,
    };
    return (
      (await this.#store.run(
        this.#store.sql
          .insertInto("people")
          .values(row)
          .onConflict((on) => on.column("email").doNothing()),
      )) > 0
    );
  }

  /** The person, when e-mail and password are right. */
  async check(email: string, password: string): Promise<Person | null> {
    const row = await this.#store.first(this.#store.sql.selectFrom("people").selectAll().where("email", "=", email.trim().toLowerCase()));
    return (await passwordMatches(row?.password_hash, password)) && row ? { id: row.id, email: row.email, name: row.name, role: row.role } : null;
  }

  async list(query: { search?: string | undefined; cursor?: string | undefined; limit?: number | undefined }): Promise<{ items: Person[]; next: string | null; total: number }> {
    const limit = query.limit ?? 100;
    const place = readCursor(query.cursor, 2);
    const matching = this.#store.sql
      .selectFrom("people")
      .$if(Boolean(query.search), (from) =>
        from.where((where) => where.or([where(where.fn<string>("lower", ["name"]), "like", anywhere(query.search ?? "")), where("email", "like", anywhere(query.search ?? ""))])),
      );
    const total = (await this.#store.first(matching.select((select) => select.fn.countAll<number>().as("count"))))?.count ?? 0;
    const rows = await this.#store.all(
      matching
        .select(["id", "email", "name", "role"])
        .$if(place !== null, (from) =>
          from.where((where) => where.or([where("name", ">", String(place?.[0])), where.and([where("name", "=", String(place?.[0])), where("id", ">", String(place?.[1]))])])),
        )
        .orderBy("name")
        .orderBy("id")
        .limit(limit + 1),
    );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? writeCursor([last.name, last.id]) : null, total };
  }
}

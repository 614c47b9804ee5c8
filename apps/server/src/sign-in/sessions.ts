import { createHash, randomBytes } from "node:crypto";
import type { Person } from "@drawbridge/protocol";
import { parseCookie, stringifySetCookie } from "cookie";
import { instant } from "../instant.ts";
import type { Bus } from "../processes/bus.ts";
import type { Store } from "../store/store.ts";

type EndListener = (tokenHash: string) => void;

const cookieName = "drawbridge_session";
const idleMs = 12 * 3_600_000;
const longestMs = 7 * 86_400_000;
const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** Signed-in sessions: the cookie holds a token, the store only its hash. */
export class Sessions {
  readonly #store: Store;
  readonly #bus: Bus;
  readonly #ended = new Set<EndListener>();

  constructor(store: Store, bus: Bus) {
    this.#store = store;
    this.#bus = bus;
    bus.on("session-ended", ({ tokenHash }) => this.#hasEnded(tokenHash));
  }

  /** Begins a session; the token goes into the cookie and is nowhere else. */
  async begin(person: Person): Promise<{ readonly token: string; readonly csrf: string }> {
    const token = randomBytes(32).toString("base64url");
    const csrf = randomBytes(24).toString("base64url");
    const now = instant(Date.now());
    await this.#store.run(this.#store.sql.deleteFrom("sessions").where("seen_at", "<", instant(Date.now() - idleMs)));
    await this.#store.run(this.#store.sql.insertInto("sessions").values({ token_hash: hashOf(token), person_id: person.id, csrf, created_at: now, seen_at: now }));
    return { token, csrf };
  }

  /** The session that a `Cookie` header stands for. */
  async find(cookies: string | undefined): Promise<{ readonly person: Person; readonly csrf: string; readonly tokenHash: string } | null> {
    const token = cookies === undefined ? undefined : parseCookie(cookies)[cookieName];
    if (!token) return null;
    const tokenHash = hashOf(token);
    const row = await this.#store.first(
      this.#store.sql
        .selectFrom("sessions")
        .innerJoin("people", "people.id", "sessions.person_id")
        .select(["people.id", "people.email", "people.name", "people.role", "sessions.csrf", "sessions.seen_at", "sessions.created_at"])
        .where("sessions.token_hash", "=", tokenHash),
    );
    if (!row) return null;
    const now = Date.now();
    if (now - Date.parse(row.seen_at) > idleMs || now - Date.parse(row.created_at) > longestMs) {
      await this.end(tokenHash);
      return null;
    }
    if (now - Date.parse(row.seen_at) > 60_000)
      await this.#store.run(
        this.#store.sql
          .updateTable("sessions")
          .set({ seen_at: instant(now) })
          .where("token_hash", "=", tokenHash),
      );
    return { person: { id: row.id, email: row.email, name: row.name, role: row.role }, csrf: row.csrf, tokenHash };
  }

  async end(tokenHash: string): Promise<void> {
    await this.#store.atomically(async () => {
      await this.#store.run(this.#store.sql.deleteFrom("sessions").where("token_hash", "=", tokenHash));
      await this.#bus.tell({ kind: "session-ended", tokenHash });
    });
    this.#hasEnded(tokenHash);
  }

  #hasEnded(tokenHash: string): void {
    for (const listener of this.#ended) listener(tokenHash);
  }

  /** Hears of every session that ends, so that its sockets can be closed. */
  onEnd(listener: EndListener): void {
    this.#ended.add(listener);
  }
}

/** The `Set-Cookie` that gives the token to the browser; null takes it away. */
export const sessionCookie = (token: string | null, secure: boolean): string =>
  stringifySetCookie({ name: cookieName, value: token ?? "", httpOnly: true, sameSite: "strict", path: "/", secure, maxAge: token === null ? 0 : longestMs / 1_000 });

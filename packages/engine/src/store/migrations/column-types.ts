import { type Kysely, PostgresAdapter } from "kysely";

/** Bytes: what PostgreSQL calls "bytea" is a "blob" elsewhere. */
export const binaryType = (db: Kysely<unknown>): "bytea" | "blob" => (db.getExecutor().adapter instanceof PostgresAdapter ? "bytea" : "blob");

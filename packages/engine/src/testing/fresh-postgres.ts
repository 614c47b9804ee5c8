import { randomBytes } from "node:crypto";
import { openPostgres } from "../postgres/open-postgres.ts";

/** The PostgreSQL server of the tests; undefined when there is none. */
export const postgresServer = process.env["DRAWBRIDGE_TEST_DATABASE_URL"] || undefined;

/** Makes an empty database on the tests' PostgreSQL server. */
export async function freshPostgres(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  if (postgresServer === undefined) throw new Error("DRAWBRIDGE_TEST_DATABASE_URL is not set.");
  const name = `drawbridge_test_${randomBytes(8).toString("hex")}`;
  const query = async (text: string) => {
    const server = openPostgres(postgresServer, { connections: 1 });
    await server.pool.query(text);
    await server.close();
  };
  await query(`create database ${name}`);
  const url = new URL(postgresServer);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => query(`drop database ${name} with (force)`) };
}

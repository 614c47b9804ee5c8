export type { PoolClient as PostgresClient } from "pg";
export { openPostgres, type PostgresDatabase, type PostgresOptions } from "./open-postgres.ts";

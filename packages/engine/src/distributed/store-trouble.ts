/** SQLSTATE classes of a database that is not there, goes away, or has no room: connection, resources, operator, system, and read-only. */
const troubles = /^(08|53|57|58|25006|40)/;

/** Whether the database as a whole refuses, or a conflict that passes, and not this one change. */
export function isStoreTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, severity } = error as Error & { readonly code?: unknown; readonly severity?: unknown };
  if (typeof code === "string" && severity !== undefined) return troubles.test(code);
  // What comes from the socket or the pool, not from the database, says nothing about the change.
  return typeof code === "string" || /connection|timeout|terminat|ended|socket|client/i.test(error.message);
}

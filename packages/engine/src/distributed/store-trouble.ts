/** SQLSTATE classes of a database that is not there, lets nobody in, goes away, or has no room: connection, sign-in, resources, operator, system, time-outs, and read-only. */
const troubles = /^(08|28|3D|53|57|58|25006|25P0[34]|55P03|40)/;
/** Of another transaction that was in the way: a deadlock, or changes that cannot be put in one order. */
const conflicts = new Set<unknown>(["40001", "40P01"]);

type Coded = Error & { readonly code?: unknown; readonly severity?: unknown };

/** Whether the database as a whole refuses, or a conflict that passes, and not this one change. */
export function isStoreTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, severity } = error as Coded;
  // What is fatal ended the connection, or did not let it begin.
  if (typeof code === "string" && severity !== undefined) return severity === "FATAL" || troubles.test(code);
  // What comes from the socket or the pool, not from the database, says nothing about the change.
  if (typeof code === "string") return /^(E(?!RR_)|ERR_(SOCKET|STREAM|SSL|TLS)_)[A-Z]/.test(code);
  return error.name === "Error" && /connection|timeout|terminat|ended|socket|client|pool/i.test(error.message);
}

/** Whether the same, tried again at once, may well be taken. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && (error as Coded).severity !== undefined && conflicts.has((error as Coded).code);
}

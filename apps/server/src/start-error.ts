export type StartErrorCode = "invalid-option" | "role-needs-database" | "wrong-key" | "database-unreachable" | "newer-database";

/** Why a server does not start, for whoever has set it up. */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** The closed list of codes with which a script fails. */
export const scriptErrorCodes = ["script-failed", "script-timed-out", "script-out-of-memory", "output-too-large", "cancelled"] as const;

/** How a script fails. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
  readonly code: (typeof scriptErrorCodes)[number];
  readonly retryable = false;

  constructor(code: ScriptError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

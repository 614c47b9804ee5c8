/** How a script fails. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
  readonly code: "script-failed" | "script-timed-out" | "script-out-of-memory" | "output-too-large" | "cancelled";
  readonly retryable = false;

  constructor(code: ScriptError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

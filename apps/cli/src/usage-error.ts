/** The command line's words are off: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

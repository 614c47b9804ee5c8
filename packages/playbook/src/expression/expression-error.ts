/** What can be wrong with an expression. A missing path is none of these: it is null. */
export type ExpressionErrorCode = "unknown-operator" | "bad-regex" | "bad-template" | "too-deep" | "too-large";

/** The only error that evaluating an expression throws; `pointer` is a JSON pointer into the logic (or value) given. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  readonly code: ExpressionErrorCode;
  readonly pointer: string;
  /** In a template: what is wrong in itself, and at which character of the text. */
  readonly place: { readonly at: number; readonly reason: string } | null;

  constructor(code: ExpressionErrorCode, message: string, pointer = "", place: ExpressionError["place"] = null) {
    super(message);
    this.code = code;
    this.pointer = pointer;
    this.place = place;
  }

  /** The same error, seen from a value that holds the logic at `pointer`. */
  below(pointer: string): ExpressionError {
    return new ExpressionError(this.code, this.message, pointer + this.pointer, this.place);
  }
}

const token =
  /[ \t\r\n]*(?:([{}[\]:,])|("[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true(?!\w)|false(?!\w)|null(?!\w)))/y;

/** What may stand next: a value, a key, a colon, or what follows a value. `first` also allows the closing bracket. */
type Expects = "value" | "first-value" | "key" | "first-key" | "colon" | "after";

/** The position at which text stops being JSON, the same in every JavaScript engine. */
export function jsonErrorAt(text: string): number {
  const open: string[] = [];
  let expects: Expects = "value";
  let at = 0;
  for (;;) {
    token.lastIndex = at;
    const match = token.exec(text);
    const start = at + (/^[ \t\r\n]*/.exec(text.slice(at, at + 10_000))?.[0].length ?? 0);
    if (!match) return start;
    const [, sign, string, scalar] = match;
    const inObject = open.at(-1) === "{";
    if (sign === "{" || sign === "[") {
      if (expects !== "value" && expects !== "first-value") return start;
      open.push(sign);
      expects = sign === "{" ? "first-key" : "first-value";
    } else if (sign === "}" || sign === "]") {
      if (open.pop() !== (sign === "}" ? "{" : "[") || (expects !== "after" && expects !== (sign === "}" ? "first-key" : "first-value"))) return start;
      expects = "after";
    } else if (sign === ":") {
      if (expects !== "colon") return start;
      expects = "value";
    } else if (sign === ",") {
      if (expects !== "after" || open.length === 0) return start;
      expects = inObject ? "key" : "value";
    } else if (string !== undefined && (expects === "key" || expects === "first-key")) {
      expects = "colon";
    } else if ((string ?? scalar) !== undefined && (expects === "value" || expects === "first-value")) {
      expects = "after";
    } else return start;
    at = token.lastIndex;
  }
}

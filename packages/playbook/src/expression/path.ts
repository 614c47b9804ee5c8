const plain = /^[A-Za-z0-9_$-]+$/;
const bracket = /\[(?:(\d+)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\]/y;
const cache = new Map<string, readonly string[]>();
const cacheLimit = 5_000;

function parse(text: string): readonly string[] {
  if (!text.includes("[")) return text.split(".");
  const segments: string[] = [];
  let at = 0;
  while (at < text.length) {
    bracket.lastIndex = at;
    const match = bracket.exec(text);
    if (match) {
      segments.push(match[1] ?? (match[2] ?? match[3] ?? "").replaceAll(/\\(.)/g, "$1"));
      at = bracket.lastIndex;
      if (text[at] === ".") at += 1;
      continue;
    }
    let end = at + 1;
    while (end < text.length && text[end] !== "." && text[end] !== "[") end += 1;
    segments.push(text.slice(at, end));
    at = text[end] === "." ? end + 1 : end;
  }
  return segments;
}

/** The segments of a path: `steps.get-alert.output["a b"].0`. */
export function parsePath(text: string): readonly string[] {
  const known = cache.get(text);
  if (known) return known;
  const segments = parse(text);
  if (cache.size >= cacheLimit) cache.clear();
  if (text.length < 500) cache.set(text, segments);
  return segments;
}

/** A path as text, quoting the segments that need it; `parsePath` undoes it. */
export function formatPath(segments: readonly string[]): string {
  return segments.map((segment, at) => (plain.test(segment) ? (at === 0 ? segment : `.${segment}`) : `["${segment.replaceAll(/["\\]/g, "\\$&")}"]`)).join("");
}

import { diffArrays } from "diff";
import type { ShownValue } from "./shown-value.ts";
import { type Token, tokensOf } from "./syntax.ts";

/** A piece of a line; `marked` when the other side has no such piece. */
export interface DiffToken extends Token {
  readonly marked: boolean;
}

/** A line of a field, of one side or both. Numbers begin at 1. */
export interface DiffLine {
  readonly sign: "-" | "+" | " ";
  readonly before: number | null;
  readonly after: number | null;
  readonly tokens: readonly DiffToken[];
}

/** Lines left out because they are alike and far from what differs. */
export interface Gap {
  readonly sign: "gap";
  readonly count: number;
}

const around = 2;
/** Beyond so many edits two texts are shown as one removed and one added. */
const mostEdits = 4_000;

/** Two values line by line, with what differs within a line marked. A side that is null has no lines. */
export function diffLines(before: ShownValue | null, after: ShownValue | null): (DiffLine | Gap)[] {
  const [was, is] = [linesOf(before), linesOf(after)];
  const parts = diffArrays(
    was.map(({ text }) => text),
    is.map(({ text }) => text),
    { maxEditLength: mostEdits },
  ) ?? [
    { value: was.map(({ text }) => text), removed: true, added: false },
    { value: is.map(({ text }) => text), removed: false, added: true },
  ];
  const lines: DiffLine[] = [];
  let [b, a] = [0, 0];
  for (const [index, part] of parts.entries()) {
    const count = part.value.length;
    if (part.removed) {
      const next = parts[index + 1];
      const gone = was.slice(b, b + count);
      const come = next?.added ? is.slice(a, a + next.value.length) : [];
      const pairs = gone.map((line, at) => marked(line, come[at]));
      pairs.forEach(([tokens], at) => lines.push({ sign: "-", before: b + at + 1, after: null, tokens }));
      come.forEach((line, at) => lines.push({ sign: "+", before: null, after: a + at + 1, tokens: pairs[at]?.[1] ?? whole(line) }));
      b += count;
      a += come.length;
    } else if (part.added) {
      if (parts[index - 1]?.removed) continue;
      is.slice(a, a + count).forEach((line, at) => lines.push({ sign: "+", before: null, after: a + at + 1, tokens: whole(line) }));
      a += count;
    } else {
      is.slice(a, a + count).forEach((line, at) => lines.push({ sign: " ", before: b + at + 1, after: a + at + 1, tokens: whole(line) }));
      b += count;
      a += count;
    }
  }
  return folded(lines);
}

interface Line {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** The value's lines; a token that spans several is divided among them. */
function linesOf(value: ShownValue | null): Line[] {
  if (value === null) return [];
  const lines: Token[][] = [[]];
  for (const token of tokensOf(value.text, value.language))
    token.text.split("\n").forEach((text, index) => {
      if (index > 0) lines.push([]);
      if (text !== "") lines.at(-1)?.push({ ...token, text });
    });
  return lines.map((tokens) => ({ text: tokens.map(({ text }) => text).join(""), tokens }));
}

const whole = ({ tokens }: Line): DiffToken[] => tokens.map((token) => ({ ...token, marked: false }));

/** Both lines with what only one has marked, unless they have next to nothing in common. */
function marked(before: Line, after: Line | undefined): [DiffToken[], DiffToken[]] {
  if (!after) return [whole(before), []];
  const parts = diffArrays(
    before.tokens.map(({ text }) => text),
    after.tokens.map(({ text }) => text),
    { maxEditLength: mostEdits },
  );
  const kept = parts?.reduce((sum, part) => sum + (part.added || part.removed ? 0 : part.value.join("").trim().length), 0) ?? 0;
  if (!parts || kept * 4 < Math.max(before.text.length, after.text.length)) return [whole(before), whole(after)];
  const sides: [DiffToken[], DiffToken[]] = [[], []];
  let [b, a] = [0, 0];
  for (const { value, added, removed } of parts) {
    if (!added) sides[0].push(...before.tokens.slice(b, (b += value.length)).map((token) => ({ ...token, marked: removed })));
    if (!removed) sides[1].push(...after.tokens.slice(a, (a += value.length)).map((token) => ({ ...token, marked: added })));
  }
  return sides;
}

/** Long stretches of equal lines as a gap. */
function folded(lines: readonly DiffLine[]): (DiffLine | Gap)[] {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1).some(({ sign }) => sign !== " "));
  const shown: (DiffLine | Gap)[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (!line) continue;
    if (near[at]) {
      shown.push(line);
      continue;
    }
    let end = at;
    while (end < lines.length && !near[end]) end += 1;
    if (end - at <= 2) shown.push(...lines.slice(at, end));
    else shown.push({ sign: "gap", count: end - at });
    at = end - 1;
  }
  return shown;
}

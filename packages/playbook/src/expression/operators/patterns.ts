import { RE2JS } from "re2js";
import type { Json } from "../../json.ts";
import { asInteger, asList, asText, eachText } from "./coerce.ts";
import { type Meter, type Operator, mayTake, operator, takes } from "./operator.ts";

const compiled = new Map<string, RE2JS>();
const longestPattern = 2_000;
const largestProgram = 20_000;

function compile(pattern: Json | undefined, meter: Meter): RE2JS {
  const source = asText(pattern, meter);
  const known = compiled.get(source);
  if (known) return known;
  if (source.length > longestPattern) return meter.fail("bad-regex", `A pattern is at most ${longestPattern} characters long.`);
  let made: RE2JS;
  try {
    made = RE2JS.compile(source);
  } catch (error) {
    return meter.fail("bad-regex", error instanceof Error ? error.message : "The pattern is not a regular expression.");
  }
  if (made.programSize() > largestProgram) return meter.fail("bad-regex", "The pattern is too large once its repeats are written out.");
  if (compiled.size >= 200) compiled.clear();
  compiled.set(source, made);
  return made;
}

/** RE2 is linear in the text for a given pattern; both count. */
const pay = (pattern: RE2JS, text: string, meter: Meter): void => meter.charge(1 + (text.length * Math.max(pattern.programSize(), 16)) / 256);

function* matches(pattern: RE2JS, text: string, group: number, meter: Meter): Generator<string> {
  pay(pattern, text, meter);
  if (group < 0 || group > pattern.groupCount()) return;
  const matcher = pattern.matcher(text);
  while (matcher.find()) {
    meter.charge(1);
    const found = matcher.group(group) as string | null;
    if (found !== null) yield found;
  }
}

const defaultGroup = (pattern: RE2JS, group: Json | undefined): number => asInteger(group, pattern.groupCount() > 0 ? 1 : 0);

function replace(pattern: RE2JS, text: string, by: string, meter: Meter): string {
  pay(pattern, text, meter);
  const matcher = pattern.matcher(text);
  let result = "";
  let from = 0;
  while (matcher.find()) {
    result += text.slice(from, matcher.start());
    result += by.replaceAll(/\$(\$|\d)/g, (_whole, which: string) =>
      which === "$" ? "$" : Number(which) <= pattern.groupCount() ? ((matcher.group(Number(which)) as string | null) ?? "") : "",
    );
    from = matcher.end();
    meter.charge(1 + (matcher.end() - matcher.start() + by.length) / 16);
  }
  return result + text.slice(from);
}

const text = takes("text", "text");
const pattern = takes("pattern", "pattern");

/** Operators with regular expressions (RE2 syntax, linear time; `(?i)` ignores case). */
export const patternOperators: readonly Operator[] = [
  operator(
    "pattern",
    "regex-match",
    "Whether a pattern is found in a text, or in an item of a list.",
    [text, pattern],
    { logic: { "regex-match": ["alert-77", "^alert-\\d+$"] }, value: true },
    ([value, source], meter) => {
      const wanted = compile(source, meter);
      return asList(value).some((each) => {
        const whole = asText(each, meter);
        pay(wanted, whole, meter);
        return wanted.matcher(whole).find();
      });
    },
  ),
  operator(
    "pattern",
    "regex-extract",
    "The first match: its first group when it has one, or the group given.",
    [text, pattern, mayTake("group", "number")],
    { logic: { "regex-extract": ["user=john;", "user=(\\w+)"] }, value: "john" },
    ([value, source, group], meter) => {
      const wanted = compile(source, meter);
      return eachText(value, meter, (each) => matches(wanted, each, defaultGroup(wanted, group), meter).next().value ?? null);
    },
  ),
  operator(
    "pattern",
    "regex-extract-all",
    "All matches as a list.",
    [text, pattern, mayTake("group", "number")],
    { logic: { "regex-extract-all": ["a1 b22", "\\d+"] }, value: ["1", "22"] },
    ([value, source, group], meter) => {
      const wanted = compile(source, meter);
      return asList(value).flatMap((each) => [...matches(wanted, asText(each, meter), defaultGroup(wanted, group), meter)]);
    },
  ),
  operator(
    "pattern",
    "regex-replace",
    "Every match by a text, in which $1 is the first group.",
    [text, pattern, takes("with", "text")],
    { logic: { "regex-replace": ["john@qrst.example", "@.*$", ""] }, value: "john" },
    ([value, source, by], meter) => {
      const wanted = compile(source, meter);
      return eachText(value, meter, (each) => replace(wanted, each, asText(by, meter), meter));
    },
  ),
];

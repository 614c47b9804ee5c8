import type { Json } from "@drawbridge/playbook";

/** So much of a run's input is searched, and so much of one value. */
const most = { text: 4_000, value: 500 };

/** The values of an input in lower case, one a line. */
export function inputText(input: Json): string {
  const lines: string[] = [];
  let length = 0;
  for (const left: Json[] = [input]; left.length > 0 && length < most.text;) {
    const value = left.pop() ?? null;
    if (typeof value === "object" && value !== null) left.push(...Object.values(value).reverse());
    else if (value !== null && value !== "") {
      const line = String(value).slice(0, most.value).toLowerCase().replaceAll("\n", " ");
      lines.push(line);
      length += line.length + 1;
    }
  }
  return lines.join("\n").slice(0, most.text);
}

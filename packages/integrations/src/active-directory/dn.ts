/** One step of a distinguished name, from the entry upwards. */
export interface RelativeName {
  readonly attribute: string;
  readonly value: string;
}

const decoder = new TextDecoder();

/** Reads a distinguished name (RFC 4514); null when it is none. Multi-valued steps keep their text after the first `+`. */
export function parseDn(text: string): readonly RelativeName[] | null {
  if (text.trim() === "") return [];
  const names: RelativeName[] = [];
  for (const part of splitUnescaped(text)) {
    const at = part.indexOf("=");
    const attribute = part.slice(0, at).trim();
    if (at < 1 || !/^[A-Za-z][A-Za-z0-9-]*$|^\d+(\.\d+)*$/.test(attribute)) return null;
    names.push({ attribute: attribute.toLowerCase(), value: unescape(part.slice(at + 1)) });
  }
  return names;
}

/** A form that is equal for equal names: case, spaces and escapes do not count. Null when it is no name. */
export function dnKey(text: string): string | null {
  const names = parseDn(text);
  return names === null ? null : names.map(({ attribute, value }) => `${attribute}=${escapeDnValue(value.toLowerCase().replace(/\s+/g, " "))}`).join(",");
}

/** The key of the entry above, null for a top entry. */
export function parentKey(key: string): string | null {
  const [first = ""] = splitUnescaped(key);
  return first.length === key.length ? null : key.slice(first.length + 1);
}

/** The value of the first step: `John Anderson` of `CN=John Anderson,OU=People,…`. */
export function commonName(dn: string): string {
  return parseDn(dn)?.[0]?.value ?? dn;
}

/** Escapes a value for use in a distinguished name. */
export function escapeDnValue(value: string): string {
  return value
    .replace(/[,+"\\<>;=]/g, (character) => `\\${character}`)
    .replaceAll("\u0000", "\\00")
    .replace(/^[ #]|(?<!\\) $/g, (character) => `\\${character}`);
}

function splitUnescaped(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "," || text[at] === ";") {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function unescape(text: string): string {
  const trimmed = text.replace(/^\s+/, "").replace(/(?<!\\)\s+$/, "");
  return trimmed.replace(/(?:\\[0-9A-Fa-f]{2})+|\\(.)/g, (match: string, character: string | undefined) =>
    character === undefined ? decoder.decode(Uint8Array.from(match.slice(1).split("\\"), (hex) => Number.parseInt(hex, 16))) : character,
  );
}

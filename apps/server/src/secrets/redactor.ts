import type { Json } from "@drawbridge/playbook";

const mark = "••••••";

/** Takes known secret values out of whatever is written or shown. */
export class Redactor {
  readonly #byOwner = new Map<string, readonly string[]>();
  #values: readonly string[] = [];

  /** Replaces what is known of `owner`; values under six characters are not looked for, they would hit ordinary words. */
  know(owner: string, values: readonly string[]): void {
    this.#byOwner.set(
      owner,
      values.filter((value) => value.length >= 6),
    );
    this.#values = [...new Set([...this.#byOwner.values()].flat())].sort((a, b) => b.length - a.length);
  }

  forget(owner: string): void {
    this.know(owner, []);
    this.#byOwner.delete(owner);
  }

  text(text: string): string {
    let clean = text;
    for (const value of this.#values) if (clean.includes(value)) clean = clean.replaceAll(value, mark);
    return clean;
  }

  json(value: Json): Json {
    if (this.#values.length === 0) return value;
    const text = JSON.stringify(value);
    return this.#values.some((secret) => text.includes(JSON.stringify(secret).slice(1, -1))) ? this.#deep(value) : value;
  }

  #deep(value: Json): Json {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return value.map((each: Json) => this.#deep(each));
    if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [this.text(key), this.#deep(each)]));
    return value;
  }
}

import type { Filter } from "./filter.ts";

/** An entry as the directory returns it; attribute names keep the spelling that was asked for. */
export interface DirectoryEntry {
  readonly dn: string;
  readonly attributes: { readonly [name: string]: readonly string[] };
}

export interface DirectorySearch {
  /** Where to look; the connection's base DN without it. */
  readonly base?: string;
  readonly scope: "base" | "one" | "sub";
  readonly filter: Filter;
  readonly attributes: readonly string[];
  /** Stop after so many entries. */
  readonly limit: number;
}

export interface DirectoryChange {
  readonly operation: "add" | "delete" | "replace";
  readonly attribute: string;
  readonly values: readonly string[];
}

/** What the actions ask of a directory; throws `ActionError`. A base that does not exist is `not-found`. */
export interface DirectoryClient {
  readonly search: (search: DirectorySearch, signal: AbortSignal) => Promise<readonly DirectoryEntry[]>;
  readonly modify: (dn: string, changes: readonly DirectoryChange[], signal: AbortSignal) => Promise<void>;
}

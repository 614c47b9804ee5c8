import type { Json } from "../json.ts";

/** What an expression can read. Roots: `input`, `steps.<id>.output|error`, `vars`, `case`, `item`, `index`, `run`, `output` (in `repeat.until`), `now`. A missing path is null. */
export interface Scope {
  read(path: readonly string[]): Json;
}

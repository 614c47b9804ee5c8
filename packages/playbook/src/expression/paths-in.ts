import type { Json } from "../json.ts";
import { pointerOf } from "../pointer.ts";
import { parsePath } from "./path.ts";
import { type PathChange, rewriteLogicPaths, rewriteValuePaths } from "./rewrite-paths.ts";

/** A path that an expression reads, and where it stands in the value given. */
export interface PlacedPath {
  readonly path: readonly string[];
  readonly pointer: string;
}

function collect(rewrite: (change: PathChange) => Json): PlacedPath[] {
  const found: PlacedPath[] = [];
  rewrite((text, pointer) => {
    found.push({ path: parsePath(text), pointer: pointerOf(pointer) });
    return text;
  });
  return found;
}

/** The absolute paths in a value's templates and `$logic`; not those that read the item in the body of map, filter and the like. */
export const pathsIn = (value: Json): PlacedPath[] => collect((change) => rewriteValuePaths(value, change));

/** The absolute paths in JsonLogic. */
export const pathsInLogic = (logic: Json): PlacedPath[] => collect((change) => rewriteLogicPaths(logic, change));

import type { Catalog } from "../catalog.ts";
import { type PlacedPath, pathsIn, pathsInLogic } from "../expression/paths-in.ts";
import { type Graph, graphOf } from "../graph.ts";
import type { Playbook } from "../playbook.ts";
import { pointerOf } from "../pointer.ts";
import { expressionsOf, type PlacedExpression } from "../steps/expressions.ts";
import type { Finding } from "./finding.ts";

/** A path that the playbook reads: in a step, or (null) in the playbook's outputs. */
export interface ReadPath extends PlacedPath {
  readonly step: string | null;
  readonly roots: PlacedExpression["roots"];
}

/** An expression of a step with its place in the playbook. */
export interface StepExpression extends PlacedExpression {
  readonly step: string;
  readonly pointer: string;
}

/** What every check is given; computed once. */
export interface CheckContext {
  readonly playbook: Playbook;
  readonly catalog: Catalog;
  readonly graph: Graph;
  readonly expressions: readonly StepExpression[];
  readonly reads: readonly ReadPath[];
}

/** Looks for one sort of mistake. */
export type Check = (context: CheckContext) => Iterable<Finding>;

/** Everything that checks share about a playbook. */
export function checkContext(playbook: Playbook, catalog: Catalog): CheckContext {
  const expressions = Object.entries(playbook.steps).flatMap(([step, body]) =>
    expressionsOf(body).map((placed) => ({ ...placed, step, pointer: pointerOf(["steps", step, ...placed.at]) })),
  );
  const ofSteps = expressions.flatMap(({ step, pointer, language, value, roots }) =>
    (language === "logic" ? pathsInLogic(value) : pathsIn(value)).map((read) => ({ path: read.path, pointer: pointer + read.pointer, step, roots })),
  );
  const ofOutputs = (playbook.outputs ?? []).flatMap(({ value }, at) =>
    pathsIn(value).map((read) => ({ path: read.path, pointer: pointerOf(["outputs", at, "value"]) + read.pointer, step: null, roots: [] })),
  );
  return { playbook, catalog, graph: graphOf(playbook), expressions, reads: [...ofSteps, ...ofOutputs] };
}

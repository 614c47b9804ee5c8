import { controlOperators } from "./control/registry.ts";
import type { OperatorDoc } from "./operators/operator.ts";
import { operators } from "./operators/registry.ts";

/** Every operator, for an editor to document and complete; in the order of their names. */
export const operatorDocs: readonly OperatorDoc[] = [
  ...[...controlOperators].map(([name, { docs }]) => ({ name, ...docs })),
  ...[...operators.values()].map(({ name, group, summary, parameters, example }) => ({ name, group, summary, parameters, example })),
].sort((a, b) => (a.name < b.name ? -1 : 1));

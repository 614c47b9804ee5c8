import { actionInputs } from "./action-inputs.ts";
import { badExpression } from "./bad-expression.ts";
import { branching } from "./branching.ts";
import { calls } from "./calls.ts";
import type { Check } from "./check.ts";
import { connections } from "./connections.ts";
import { documentParts } from "./document-parts.ts";
import { graphShape } from "./graph-shape.ts";
import { paths } from "./paths.ts";
import { plainSecret } from "./plain-secret.ts";
import { racedVariables } from "./raced-variables.ts";
import { unguardedChange } from "./unguarded-change.ts";
import { unknownAction } from "./unknown-action.ts";
import { unusedInput } from "./unused-input.ts";
import { waits } from "./waits.ts";

/** Every check, in the order in which findings of one severity are listed. */
export const checks: readonly Check[] = [
  graphShape,
  unknownAction,
  connections,
  actionInputs,
  calls,
  badExpression,
  paths,
  branching,
  waits,
  documentParts,
  racedVariables,
  unguardedChange,
  plainSecret,
  unusedInput,
];

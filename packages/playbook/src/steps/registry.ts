import * as z from "zod";
import { action } from "./action.ts";
import { ask } from "./ask.ts";
import { call } from "./call.ts";
import { condition } from "./condition.ts";
import { end } from "./end.ts";
import { script } from "./script.ts";
import { section } from "./section.ts";
import { set } from "./set.ts";
import { wait } from "./wait.ts";

/** The schema of every step kind; the keys are the closed set of kinds. */
export const stepSchemas = { action, condition, ask, wait, call, set, script, section, end };

export type StepKind = keyof typeof stepSchemas;
export type StepOf<Kind extends StepKind> = z.output<(typeof stepSchemas)[Kind]>;

/** One node of the graph. */
export const step = z.discriminatedUnion("kind", [action, condition, ask, wait, call, set, script, section, end]);
export type Step = z.output<typeof step>;

export const stepKinds = Object.keys(stepSchemas) as StepKind[];

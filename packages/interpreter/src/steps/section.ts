import type { StepOf } from "@drawbridge/playbook";
import type { Deciding } from "./behaviour.ts";
import { succeeded } from "./outcome.ts";

/** Passes through. */
export const section: Deciding<StepOf<"section">> = { enter: (_step, { at }) => succeeded(at, null, "next") };

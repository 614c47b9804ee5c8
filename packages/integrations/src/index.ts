import { type Integration, registerActions } from "@drawbridge/integration-kit";
import { activeDirectory } from "./active-directory/index.ts";
import { cases } from "./cases/index.ts";
import { code42 } from "./code42/index.ts";
import { cortexXdr } from "./cortex-xdr/index.ts";
import { http } from "./http/index.ts";
import { mail } from "./mail/index.ts";

export { activeDirectory, cases, code42, cortexXdr, http, mail };
export type { Code42Seed, Code42Simulation, RaiseAlert } from "./code42/index.ts";
export type { CortexXdrSimulation, EndpointsSeed } from "./cortex-xdr/index.ts";
export type { HttpSeed, HttpServiceSimulation } from "./http/index.ts";

/** Every shipped integration, in the palette's order. */
export const integrations: readonly Integration[] = [cases, code42, activeDirectory, cortexXdr, mail, http];

/** Every shipped action by its full name, e.g. `code42.get-alert`. */
export const actionRegistry = registerActions(integrations);

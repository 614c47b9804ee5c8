import { type Integration, registerActions } from "@drawbridge/integration-kit";
import { activeDirectory } from "./active-directory/index.ts";
import { cases } from "./cases/index.ts";
import { code42 } from "./code42/index.ts";
import { cortexXdr } from "./cortex-xdr/index.ts";
import { http } from "./http/index.ts";
import { mail } from "./mail/index.ts";

export { activeDirectory, cases, code42, cortexXdr, http, mail };

/** Every shipped integration, in the palette's order. */
export const integrations: readonly Integration[] = [cases, code42, activeDirectory, cortexXdr, mail, http];

/** Every shipped action by its full name, e.g. `code42.get-alert`. */
export const actionRegistry = registerActions(integrations);

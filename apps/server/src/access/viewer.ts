import type { Person, Role } from "@drawbridge/protocol";
import { roles } from "@drawbridge/protocol";

/** Who looks or acts: a signed-in person. */
export type Viewer = Person;

/** The one role check; HTTP, sockets and war room commands all pass it. */
export const holdsRole = (viewer: Viewer, least: Role): boolean => roles.indexOf(viewer.role) >= roles.indexOf(least);

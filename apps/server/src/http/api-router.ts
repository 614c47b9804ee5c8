import { timingSafeEqual } from "node:crypto";
import { type Route, type RouteName, routes } from "@drawbridge/protocol";
import { type Request, type RequestHandler, type Response, Router } from "express";
import { holdsRole, type Viewer } from "../access/viewer.ts";
import { ProblemError } from "../problem-error.ts";
import type { Sessions } from "../sign-in/sessions.ts";
import { checkInput } from "./check-input.ts";
import type { Asked, Handlers } from "./handlers.ts";
import { deeperThan } from "./json-depth.ts";
import { RawAnswer } from "./raw-answer.ts";
import { sameOrigin } from "./same-origin.ts";

interface RouterHost {
  readonly sessions: Sessions;
  readonly stopping: () => boolean;
  readonly checkAnswers: boolean;
  /** Runs before the handler of a route, after its checks. */
  readonly guards: { readonly [Name in RouteName]?: RequestHandler };
}

/** More levels than any document has a use for; deeper ones would only exhaust the stack. */
const deepest = 200;

/** Literal paths before those with parameters, so that `/playbooks/check` is not taken for an id. */
const ordered = (Object.keys(routes) as RouteName[]).sort((a, b) => (routes[a].path.match(/:/g)?.length ?? 0) - (routes[b].path.match(/:/g)?.length ?? 0));

/** The HTTP interface: every route of the protocol, each passing the same checks in the same order. */
export function apiRouter(handlers: Handlers, host: RouterHost): Router {
  const router = Router();
  const methodsByPath = new Map<string, string[]>();
  for (const name of ordered) {
    const route: Route = routes[name];
    methodsByPath.set(route.path, [...(methodsByPath.get(route.path) ?? []), route.method.toUpperCase()]);
    const guard = host.guards[name];
    router[route.method](route.path, ...(guard ? [guard] : []), async (request, response) => {
      await answer(name, route, handlers, host, request, response);
    });
  }
  for (const [path, methods] of methodsByPath) {
    router.all(path, (request, response) => {
      response.set("allow", methods.join(", "));
      throw new ProblemError("method-not-allowed", `${request.method} is not among ${methods.join(", ")}.`);
    });
  }
  return router;
}

async function answer(name: RouteName, route: Route, handlers: Handlers, host: RouterHost, request: Request, response: Response): Promise<void> {
  if (host.stopping() && route.access !== "anyone") throw new ProblemError("shutting-down", "The server is stopping; try again in a moment.");
  const viewer = route.access === "anyone" ? null : await signedIn(host.sessions, request, route);
  if (route.method !== "get" && !sameOrigin(request)) throw new ProblemError("csrf-refused", "The request comes from another site.");
  if (viewer !== null && route.access !== "anyone" && !holdsRole(viewer, route.access))
    throw new ProblemError("permission-denied", `This needs the role ${route.access}; yours is ${viewer.role}.`);
  const given = request.body as unknown;
  if (deeperThan(given, deepest)) throw new ProblemError("invalid-request", `The body is nested deeper than ${deepest} levels.`, { pointer: "" });
  const ifMatch = request.get("if-match");
  if (route.ifMatch === true && ifMatch === undefined)
    throw new ProblemError("version-required", "Send the document's ETag as If-Match, so that nobody's changes are overwritten unawares.");
  const asked = {
    params: checkInput(route.params, "params", request.params),
    query: checkInput(route.query, "query", request.query),
    body: checkInput(route.body, "body", given),
    viewer,
    ifMatch: ifMatch ?? "",
    request,
    response,
  };
  const handler = handlers[name] as unknown as (asked: unknown) => unknown;
  const result = await handler(asked satisfies Omit<Asked<RouteName>, "params" | "query" | "body" | "viewer"> & { viewer: Viewer | null });
  if (response.headersSent) return;
  if (result instanceof RawAnswer) return sendRaw(response, result);
  if (host.checkAnswers) route.answer.parse(result);
  if (!response.get("cache-control")) response.set("cache-control", "no-store");
  response.status(response.statusCode === 200 ? (route.status ?? 200) : response.statusCode).json(result);
}

/** Whoever the session cookie stands for; a change also needs the session's CSRF token. */
async function signedIn(sessions: Sessions, request: Request, route: Route): Promise<Viewer> {
  const session = await sessions.find(request.headers.cookie);
  if (!session) throw new ProblemError("not-signed-in", "Sign in first.");
  if (route.method !== "get") {
    const sent = Buffer.from(request.get("x-csrf-token") ?? "");
    const known = Buffer.from(session.csrf);
    if (sent.length !== known.length || !timingSafeEqual(sent, known)) throw new ProblemError("csrf-refused", "The header x-csrf-token is missing or not this session's.");
  }
  return session.person;
}

/** Documents are shown without rights of this site: no script, no form, no request. */
function sendRaw(response: Response, raw: RawAnswer): void {
  response.set({
    "content-type": raw.contentType,
    "content-disposition": `${raw.inline ? "inline" : "attachment"}; filename="${raw.filename.replace(/[^\w. -]/g, "_")}"`,
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "cache-control": "no-store",
  });
  response.end(typeof raw.body === "string" ? raw.body : Buffer.from(raw.body));
}

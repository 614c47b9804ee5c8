import { problem, type Route, routes } from "@drawbridge/protocol";
import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";

/** The OpenAPI 3.1 document, made from the protocol's routes. */
export function openApiDocument(): unknown {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  const refusal = { description: "Problem details with a code", content: { "application/problem+json": { schema: problem } } };
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, "{$1}")}`;
    const headers = z.object({
      ...(route.ifMatch === true ? { "if-match": z.string() } : {}),
      ...(route.method !== "get" && route.access !== "anyone" ? { "x-csrf-token": z.string() } : {}),
    });
    const operation: ZodOpenApiOperationObject = {
      operationId: name,
      summary: route.summary,
      tags: [route.tag],
      description: route.access === "anyone" ? "Needs no session." : `Needs at least the role ${route.access}.`,
      security: route.access === "anyone" ? [] : [{ session: [] }],
      requestParams: {
        ...(route.params instanceof z.ZodObject ? { path: route.params } : {}),
        ...(route.query instanceof z.ZodObject ? { query: route.query } : {}),
        ...(Object.keys(headers.shape).length > 0 ? { header: headers } : {}),
      },
      ...(route.body === undefined ? {} : { requestBody: { required: true, content: { "application/json": { schema: route.body } } } }),
      responses: { [String(route.status ?? 200)]: { description: "Success", content: { "application/json": { schema: route.answer } } }, default: refusal },
    };
    paths[path] = { ...paths[path], [route.method]: operation };
  }
  return createDocument(
    {
      openapi: "3.1.0",
      info: { title: "Drawbridge", version: "1", description: "Playbooks, runs, cases and what they need. Live messages go over socket.io, see the protocol package." },
      components: { securitySchemes: { session: { type: "apiKey", in: "cookie", name: "drawbridge_session" } } },
      paths: paths as ZodOpenApiPathsObject,
    },
    {
      override: ({ zodSchema, jsonSchema }) =>
        void (zodSchema._zod.def.type === "custom" && Object.assign(jsonSchema, { type: "object", description: "A trace entry: seq, at, type and what belongs to it." })),
    },
  );
}

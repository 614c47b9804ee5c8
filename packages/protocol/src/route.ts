import type * as z from "zod";

/** The four roles, each holding what the ones before it hold. */
export const roles = ["viewer", "analyst", "engineer", "admin"] as const;
export type Role = (typeof roles)[number];

export interface Route<Params extends z.ZodType = z.ZodType, Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Below `/api/v1`, parameters as `:name`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** The least role, or `anyone` without a session. Case membership is checked beside it. */
  readonly access: Role | "anyone";
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  /** The status of success; 200 unless told. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Whether `If-Match` is demanded; the answer carries an `ETag`. */
  readonly ifMatch?: boolean;
}

/** Declares a route; the server validates with it, the client is typed by it, the OpenAPI document is made from it. */
export function defineRoute<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  route: Route<Params, Query, Body, Answer>,
): Route<Params, Query, Body, Answer> {
  return route;
}

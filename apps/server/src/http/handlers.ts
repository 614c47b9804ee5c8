import type { RouteName, routes } from "@drawbridge/protocol";
import type { Request, Response } from "express";
import type * as z from "zod";
import type { Viewer } from "../access/viewer.ts";
import type { RawAnswer } from "./raw-answer.ts";

type RouteOf<Name extends RouteName> = (typeof routes)[Name];
type Part<Name extends RouteName, Key extends "params" | "query" | "body"> = NonNullable<RouteOf<Name>[Key]> extends infer Schema extends z.ZodType ? z.output<Schema> : never;

/** What a handler is given: checked input, and who asks. Routes for `anyone` have no viewer. */
export interface Asked<Name extends RouteName> {
  readonly params: Part<Name, "params">;
  readonly query: Part<Name, "query">;
  readonly body: Part<Name, "body">;
  readonly viewer: Viewer;
  /** The `If-Match` header where the route demands it, else "". */
  readonly ifMatch: string;
  readonly request: Request;
  readonly response: Response;
}

export type AnswerOf<Name extends RouteName> = z.input<RouteOf<Name>["answer"]>;

export type Handler<Name extends RouteName> = (asked: Asked<Name>) => Promise<AnswerOf<Name> | RawAnswer> | AnswerOf<Name> | RawAnswer;

/** One handler for every route of the protocol. */
export type Handlers = { readonly [Name in RouteName]: Handler<Name> };

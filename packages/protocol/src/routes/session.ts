import * as z from "zod";
import { defineRoute } from "../route.ts";
import { nothing, page, paging, person } from "../shared.ts";

/** `csrf` goes out with every changing request as the header `x-csrf-token`. `sampleWorld` says whether the simulators can be driven. */
export const session = z.object({ person, csrf: z.string(), sampleWorld: z.boolean() });
export type Session = z.output<typeof session>;

export const sessionRoutes = {
  signIn: defineRoute({
    method: "post",
    path: "/session",
    summary: "Sign in",
    tag: "session",
    access: "anyone",
    body: z.strictObject({ email: z.string().min(1).max(200), password: z.string().min(1).max(200) }),
    answer: session,
  }),
  getSession: defineRoute({ method: "get", path: "/session", summary: "Who is signed in", tag: "session", access: "viewer", answer: session }),
  signOut: defineRoute({ method: "delete", path: "/session", summary: "Sign out", tag: "session", access: "viewer", answer: nothing }),
  listPeople: defineRoute({
    method: "get",
    path: "/people",
    summary: "People who can sign in",
    tag: "session",
    access: "viewer",
    query: z.strictObject({ search: z.string().max(200).optional(), ...paging }),
    answer: page(person),
  }),
};

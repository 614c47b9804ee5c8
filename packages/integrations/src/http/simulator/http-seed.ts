import * as z from "zod";

const answer = z.strictObject({
  status: z.int().min(100).max(599).default(200),
  headers: z.record(z.string(), z.string()).default({}),
  /** Sent as JSON; a text is sent as it is. */
  body: z.json().default(null),
});

/** What the simulated service answers. */
export const httpSeed = z.strictObject({
  /** When set, requests without `Authorization: Bearer <token>` are refused. */
  token: z.string().optional(),
  /** The first route whose method and path match answers; a list of answers is gone through, its last one stays. `*` in a path is one part of it. */
  routes: z
    .array(z.strictObject({ method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]), path: z.string().startsWith("/"), answers: z.array(answer).min(1) }))
    .default([{ method: "GET", path: "/status", answers: [{ status: 200, headers: {}, body: { status: "ok" } }] }]),
});

export type HttpSeed = z.input<typeof httpSeed>;

import * as z from "zod";
import { duration } from "../duration.ts";
import { json } from "../json.ts";

/** A readable slug, unique in its playbook. */
export const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, "must be a slug: lower-case letters, digits and inner hyphens, at most 64");

/** The steps that run next; several run in parallel. */
export const next = z.array(slug).max(200);

/** A way out that only names what follows. */
export const way = z.strictObject({ next });

/** Named values; each is a literal, a `{{ template }}` or `{ "$logic": … }`. */
export const values = z.record(z.string().min(1).max(128), json);

/** What every step has. */
export const common = {
  name: z.string().min(1).max(120),
  description: z.string().max(4_000).optional(),
  join: z.enum(["all", "any"]).optional(),
  /** What an importer or another tool wants kept; Drawbridge ignores it. */
  extensions: z.record(z.string(), json).optional(),
};

/** Attempts in all (the first included), the pause before the second, and the factor between pauses. */
export const retry = z.strictObject({
  attempts: z.int().min(1).max(20),
  delay: duration,
  backoff: z.number().min(1).max(10).optional(),
  maxDelay: duration.optional(),
});

/** Runs the step once for each item; `items` gives the list. */
export const forEach = z.strictObject({
  items: json,
  concurrency: z.int().min(1).max(100).optional(),
  onItemError: z.enum(["fail", "continue"]).optional(),
});

/** Runs the step again, `every` apart, until the JsonLogic `until` holds over `output`; fails with `repeat-exhausted` after `max`. */
export const repeat = z.strictObject({
  until: json,
  every: duration,
  max: z.int().min(1).max(10_000),
});

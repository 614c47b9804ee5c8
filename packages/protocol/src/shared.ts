import * as z from "zod";
import { roles } from "./route.ts";

/** ISO 8601 in UTC, e.g. 2026-11-24T09:14:02.000Z. */
export const instant = z.iso.datetime();

export const role = z.enum(roles);

export const person = z.object({ id: z.string(), email: z.string(), name: z.string(), role });
export type Person = z.output<typeof person>;

/** A page of a list. `next` is the cursor of the following page, null at the end; `total` counts all that match. */
export const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable(), total: z.int() });

/** How a list is asked for. */
export const paging = { cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(500).optional() };

export const nothing = z.object({});

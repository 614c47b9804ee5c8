import * as z from "zod";
import type { Tenant } from "./tenant.ts";
import { refuse } from "./vendor-problem.ts";

/** A request to an endpoint, once who asks is known. */
export interface Asked {
  readonly tenant: Tenant;
  readonly request: Request;
  /** What the path's capture holds. */
  readonly id: string;
  readonly record: (what: string) => void;
}

/** The body by its schema, or the vendor's 400. */
export async function readBody<Schema extends z.ZodType>(
  { request, tenant }: Asked,
  schema: Schema,
): Promise<{ readonly body: z.output<Schema> } | { readonly refusal: Response }> {
  let json: unknown;
  try {
    json = await request.json();
  } catch {
    return { refusal: refuse(400, "The body is not JSON.") };
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { refusal: refuse(400, parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")) };
  const { tenantId } = z.object({ tenantId: z.unknown().optional() }).parse(json);
  if (tenantId !== undefined && tenantId !== tenant.seed.tenantId) return { refusal: refuse(403, "The API client does not belong to this tenant.") };
  return { body: parsed.data };
}

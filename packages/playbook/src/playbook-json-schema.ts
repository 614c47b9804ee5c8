import * as z from "zod";
import type { Json } from "./json.ts";
import { playbook } from "./playbook.ts";

/** The playbook document as JSON Schema 2020-12, for editors. */
export function playbookJsonSchema(): { readonly [key: string]: Json } {
  return z.toJSONSchema(playbook, { io: "input" }) as unknown as { readonly [key: string]: Json };
}

import { ActionError } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { VendorAlert } from "./answers.ts";
import type { Code42Client } from "./client.ts";

export const alertId = z
  .string()
  .min(1)
  .max(40)
  .describe("The alert's id.")
  .meta({ title: "Alert", examples: ["36fb8ca5-0533-4d25-9763-e09d35d60610"] });

/** Throws `not-found` when there is no such alert. */
export async function findAlert(client: Code42Client, id: string, signal: AbortSignal): Promise<VendorAlert> {
  const alert = await client.alert(id, signal);
  if (alert === null) throw new ActionError("not-found", `Code42 has no alert ${id}.`);
  return alert;
}

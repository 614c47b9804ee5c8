import { readFile } from "node:fs/promises";
import * as z from "zod";
import { StartError } from "../start-error.ts";
import type { Connections } from "./connections.ts";

const file = z.record(
  z.string(),
  z.strictObject({ integration: z.string(), name: z.string().optional(), settings: z.record(z.string(), z.json()), allowPrivateNetwork: z.boolean().optional() }),
);

/** Sets up the connections that a file gives; throws with the file's name when it is not right. */
export async function readConnectionsFile(path: string, connections: Connections): Promise<void> {
  let read: z.output<typeof file>;
  try {
    read = file.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    throw new StartError("invalid-option", `The connections file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  for (const [id, { integration, name, settings, allowPrivateNetwork }] of Object.entries(read)) {
    await connections.put(id, integration, { name: name ?? id, settings, enabled: true, ...(allowPrivateNetwork === undefined ? {} : { allowPrivateNetwork }) });
  }
}

import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import { alertRecord, recordOf } from "../alert-record.ts";
import type { Code42Client } from "../client.ts";
import { alertId, findAlert } from "../find-alert.ts";

export const getAlert = defineAction<Code42Client>()({
  name: "get-alert",
  title: "Get an alert",
  summary: "Reads one alert with what was observed: who, which files, how they left, from where.",
  effect: "reads",
  repeatable: true,
  input: z.object({ alertId }),
  output: alertRecord,
  run: async (input, { client, signal }) => recordOf(await findAlert(client, input.alertId, signal)),
});

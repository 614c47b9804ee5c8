import { defineIntegration } from "@drawbridge/integration-kit";
import { addAlertNote } from "./actions/add-alert-note.ts";
import { addDepartingEmployee } from "./actions/add-departing-employee.ts";
import { getAlert } from "./actions/get-alert.ts";
import { getUser } from "./actions/get-user.ts";
import { listAlerts } from "./actions/list-alerts.ts";
import { removeDepartingEmployee } from "./actions/remove-departing-employee.ts";
import { resolveAlert } from "./actions/resolve-alert.ts";
import { searchFileEvents } from "./actions/search-file-events.ts";
import type { Code42Client } from "./client.ts";
import { code42Connection } from "./connection.ts";
import { simulateCode42 } from "./simulator/simulate-code42.ts";

export type { Code42Client } from "./client.ts";
export type { Code42Seed } from "./simulator/code42-seed.ts";
export type { Code42Simulation, RaiseAlert } from "./simulator/simulate-code42.ts";

export const code42 = defineIntegration<Code42Client>()({
  id: "code42",
  title: "Code42",
  summary: "Alerts about files that leave, what happened to each file, and the departing-employee watchlist.",
  tile: { text: "42", color: "teal" },
  connection: code42Connection,
  actions: [getAlert, listAlerts, searchFileEvents, resolveAlert, addAlertNote, addDepartingEmployee, removeDepartingEmployee, getUser],
  simulate: simulateCode42,
});

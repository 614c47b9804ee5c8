import { call } from "../api/call.ts";
import { download } from "../shared/download.ts";
import { notifyProblem } from "../shared/notify.ts";

/** Saves a playbook's document as a JSON file. */
export async function exportPlaybook(id: string): Promise<void> {
  try {
    const { data } = await call("getDraft", { params: { id } });
    download(`${id}.playbook.json`, `${JSON.stringify(data.playbook, null, 2)}\n`, "application/json");
  } catch (error) {
    notifyProblem(error);
  }
}

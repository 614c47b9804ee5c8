import { call } from "../api/call.ts";
import { download } from "../shared/download.ts";
import { countText } from "../shared/format.ts";
import { notifyDone, notifyProblem } from "../shared/notify.ts";

/** Saves a playbook's document as a JSON file. */
export async function exportPlaybook(id: string): Promise<void> {
  try {
    const { data } = await call("getDraft", { params: { id } });
    download(`${id}.playbook.json`, `${JSON.stringify(data.playbook, null, 2)}\n`, "application/json");
  } catch (error) {
    notifyProblem(error);
  }
}

/** Saves a playbook and every playbook that it calls as one JSON file. */
export async function exportBundle(id: string): Promise<void> {
  try {
    const { data } = await call("getBundle", { params: { id } });
    download(`${id}.bundle.json`, `${JSON.stringify(data.bundle, null, 2)}\n`, "application/json");
    notifyDone(
      data.missing.length === 0
        ? `${countText(data.bundle.playbooks.length, "playbook")} in one file.`
        : `${countText(data.bundle.playbooks.length, "playbook")} in one file. Not here, and so not in it: ${data.missing.join(", ")}.`,
    );
  } catch (error) {
    notifyProblem(error);
  }
}

import { notifications } from "@mantine/notifications";
import { asProblem } from "../api/api-problem.ts";

/** Says that something worked. */
export function notifyDone(message: string): void {
  notifications.show({ message, autoClose: 4_000 });
}

/** Says something that may happen again and again; while it stands there it is not said anew. */
export function notifyOnce(id: string, message: string): void {
  notifications.show({ id, message, autoClose: 6_000 });
}

/** Says that something failed, why, and the code; stays until it is closed. */
export function notifyProblem(error: unknown): void {
  const problem = asProblem(error);
  notifications.show({ title: problem.title, message: `${problem.detail} (${problem.code})`, color: "red", autoClose: false });
}

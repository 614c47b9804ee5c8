import { ActionError } from "@drawbridge/integration-kit";
import type { RejectedRecipient } from "./mail-client.ts";

/** The server took no recipient: worth another try when one refusal was temporary. */
export function allRejected(rejected: readonly RejectedRecipient[]): ActionError {
  const details = { rejected: rejected.map((recipient) => ({ ...recipient })) };
  const temporary = rejected.some(({ status }) => status < 500);
  return temporary
    ? new ActionError("unavailable", "The mail server takes the message for nobody just now.", { retryable: true, details })
    : new ActionError("rejected", "The mail server refused every recipient.", { details });
}

import { ActionError } from "@drawbridge/integration-kit";
import type { VendorAlert } from "./answers.ts";
import { recordOf } from "./alert-record.ts";
import type { Code42FilterGroup } from "./client.ts";

export interface FileEventCriteria {
  readonly user?: string | undefined;
  readonly deviceUid?: string | undefined;
  readonly hostname?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** The person and the time window that an alert speaks of. */
export function criteriaOfAlert(alert: VendorAlert): FileEventCriteria {
  const { actor, firstActivityAt, lastActivityAt, createdAt } = recordOf(alert);
  const until = lastActivityAt ?? createdAt;
  return { user: actor === "" ? undefined : actor, since: firstActivityAt ?? new Date(Date.parse(until) - 86_400_000).toISOString(), until };
}

export function filterGroups({ user, deviceUid, hostname, since, until }: FileEventCriteria): readonly Code42FilterGroup[] {
  const group = (term: string, operator: Code42FilterGroup["filters"][number]["operator"], value: string | undefined): Code42FilterGroup[] =>
    value === undefined ? [] : [{ filterClause: "AND", filters: [{ term, operator, value }] }];
  const groups = [
    ...group("user.email", "IS", user),
    ...group("user.deviceUid", "IS", deviceUid),
    ...group("source.name", "IS", hostname),
    ...group("@timestamp", "ON_OR_AFTER", since),
    ...group("@timestamp", "ON_OR_BEFORE", until),
  ];
  if (groups.length === 0) throw new ActionError("invalid-input", "Say which file events: by alert, user, device, host name or time.");
  return groups;
}

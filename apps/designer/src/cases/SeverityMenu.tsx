import type { CaseDetail } from "@drawbridge/protocol";
import { Menu, UnstyledButton } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { notifyProblem } from "../shared/notify.ts";
import { keepCase } from "./case-queries.ts";
import { CaseStatusMark } from "./CaseStatusMark.tsx";
import { SeverityMark, severityLooks } from "./SeverityMark.tsx";

const severities = Object.keys(severityLooks) as (keyof typeof severityLooks)[];

function useUpdate(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: { severity?: CaseDetail["severity"]; status?: "open" | "contained" }) => call("updateCase", { params: { id }, body: change }),
    onSuccess: ({ data }) => keepCase(queries, data),
    onError: notifyProblem,
  });
}

/** The severity, and how to change it. */
export function SeverityMenu({ detail }: { detail: CaseDetail }) {
  const update = useUpdate(detail.id);
  if (!detail.mayEdit || detail.status === "closed") return <SeverityMark severity={detail.severity} />;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton aria-label={`Severity: ${severityLooks[detail.severity].word}. Change it`}>
          <SeverityMark severity={detail.severity} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {severities.map((severity) => (
          <Menu.Item key={severity} onClick={() => update.mutate({ severity })}>
            {severityLooks[severity].word}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The status, and how to change it; closing is apart. */
export function StatusMenu({ detail }: { detail: CaseDetail }) {
  const update = useUpdate(detail.id);
  if (!detail.mayEdit || detail.status === "closed") return <CaseStatusMark status={detail.status} />;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton aria-label={`Status: ${detail.status}. Change it`}>
          <CaseStatusMark status={detail.status} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => update.mutate({ status: "open" })}>Open</Menu.Item>
        <Menu.Item onClick={() => update.mutate({ status: "contained" })}>Contained</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

import type { CaseDetail, SlaClockView } from "@drawbridge/protocol";
import { ActionIcon, Menu } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleStop, EllipsisVertical, Pause, Play } from "lucide-react";
import { call } from "../api/call.ts";
import { notifyProblem } from "../shared/notify.ts";
import { keepCase } from "./case-queries.ts";

/** Pauses, resumes or stops an SLA clock. */
export function SlaMenu({ detail, clock }: { detail: CaseDetail; clock: SlaClockView }) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (what: "pause" | "resume" | "stop") => call("changeSla", { params: { id: detail.id }, body: { name: clock.name, change: what } }),
    onSuccess: ({ data }) => keepCase(queries, data),
    onError: notifyProblem,
  });
  if (!detail.mayEdit || clock.stoppedAt !== null) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`Change the clock ${clock.name}`} loading={change.isPending}>
          <EllipsisVertical size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {clock.pausedAt === null ? (
          <Menu.Item leftSection={<Pause size={15} aria-hidden />} onClick={() => change.mutate("pause")}>
            Pause
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<Play size={15} aria-hidden />} onClick={() => change.mutate("resume")}>
            Resume
          </Menu.Item>
        )}
        <Menu.Item leftSection={<CircleStop size={15} aria-hidden />} onClick={() => change.mutate("stop")}>
          Stop
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

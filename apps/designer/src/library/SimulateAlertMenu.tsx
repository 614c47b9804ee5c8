import { Button, Loader, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { call } from "../api/call.ts";
import { useWatch } from "../api/live.ts";
import { useOpenAtOnce } from "../shared/use-open-at-once.ts";
import { notifyProblem } from "../shared/notify.ts";
import { SimulateAlertButton } from "./SimulateAlertButton.tsx";
import { ApiProblem } from "../api/api-problem.ts";

const stories = [
  { story: "executive", title: "An executive leaves", text: "John Anderson copies files to USB and cloud" },
  { story: "employee", title: "An employee", text: "Not an executive: no child case" },
  { story: "two-hosts", title: "Two hosts match", text: "A person has to choose the endpoint" },
  { story: "unknown-user", title: "Unknown user", text: "The directory has no such user" },
] as const;

const patienceMs = 60_000;

/** Makes the sample world raise an alert, and follows it to the run that it starts; open from the start. */
export function SimulateAlertMenu() {
  const { target, menu } = useOpenAtOnce();
  const navigate = useNavigate();
  const [waiting, setWaiting] = useState<{ readonly after: string | null; readonly since: number } | null>(null);
  const newest = useQuery({
    queryKey: ["runs", "newest-alert"],
    queryFn: async ({ signal }) => (await call("listRuns", { query: { limit: 20 }, signal })).data.items,
    enabled: waiting !== null,
    refetchInterval: 1_500,
    gcTime: 0,
  });
  useWatch(waiting ? { topic: "runs" } : null, { "run-changed": () => void newest.refetch() });

  const found = waiting && newest.data?.find((run) => run.trigger.kind === "alert" && (waiting.after === null || run.startedAt > waiting.after));
  useEffect(() => {
    if (found) void navigate({ to: "/runs/$id", params: { id: found.id } });
  }, [found, navigate]);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(
      () => {
        setWaiting(null);
        notifyProblem(
          new ApiProblem({
            code: "no-run",
            status: 0,
            title: "The alert was raised, but no run began",
            detail: "Publish a playbook whose trigger is an alert of the sample Code42 connection, and look whether the connection is enabled.",
          }),
        );
      },
      Math.max(0, waiting.since + patienceMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [waiting]);

  const raise = async (story: (typeof stories)[number]["story"]) => {
    try {
      const before = (await call("listRuns", { query: { limit: 1 } })).data.items[0];
      setWaiting({ after: before?.startedAt ?? null, since: Date.now() });
      await call("simulateAlert", { body: { story } });
    } catch (error) {
      setWaiting(null);
      notifyProblem(error);
    }
  };
  if (waiting) {
    return (
      <Button variant="default" disabled leftSection={<Loader size={14} />} aria-live="polite">
        Waiting for the run
      </Button>
    );
  }
  return (
    <Menu {...menu} position="bottom-end" width={290}>
      <Menu.Target>
        <SimulateAlertButton ref={target} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Code42 raises “Exposure on an endpoint”</Menu.Label>
        {stories.map(({ story, title, text }) => (
          <Menu.Item key={story} onClick={() => void raise(story)}>
            <span style={{ display: "block", fontWeight: 500 }}>{title}</span>
            <span className="muted" style={{ fontSize: 12 }}>
              {text}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

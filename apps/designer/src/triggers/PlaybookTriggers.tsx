import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { CalendarClock, Webhook } from "lucide-react";
import { call } from "../api/call.ts";
import { useMay } from "../api/session.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { Tile } from "../shared/Tile.tsx";
import { kindLooks } from "./trigger-looks.ts";
import classes from "./PlaybookTriggers.module.css";
import { TriggerState } from "./TriggerState.tsx";
import { TriggerWhen } from "./TriggerWhen.tsx";

const shown = 8;

/** The webhooks and schedules that start one playbook. */
export function PlaybookTriggers({ playbook }: { playbook: string }) {
  const navigate = useNavigate();
  const mayEdit = useMay("engineer");
  const list = useQuery({
    queryKey: ["triggers", "of", playbook],
    queryFn: async ({ signal }) => (await call("listTriggers", { query: { playbook, limit: shown }, signal })).data,
  });
  const add = (kind: "webhook" | "schedule") => void navigate({ to: "/triggers", search: { playbook, add: kind } });
  return (
    <section className={classes.section} aria-label="Webhooks and schedules">
      <h3 className={classes.title}>Webhooks and schedules</h3>
      {list.error && <ProblemNote error={list.error} />}
      {list.data?.total === 0 && <p className={classes.none}>None starts this playbook yet.</p>}
      <ul className={classes.list}>
        {list.data?.items.map((trigger) => (
          <li key={trigger.id} className={classes.trigger}>
            <Tile icon={kindLooks[trigger.kind].icon} label={kindLooks[trigger.kind].word} />
            <div className="grow">
              <Link to="/triggers/$id" params={{ id: trigger.id }} className={`${classes.link} cut`}>
                {trigger.name}
              </Link>
              <p className="muted cut">
                <TriggerWhen trigger={trigger} />
              </p>
            </div>
            <TriggerState trigger={trigger} />
          </li>
        ))}
      </ul>
      {list.data && list.data.total > shown && (
        <Link to="/triggers" search={{ playbook }}>
          All {list.data.total}
        </Link>
      )}
      {mayEdit && (
        <div className="row">
          <Button size="xs" variant="default" leftSection={<Webhook size={13} aria-hidden />} onClick={() => add("webhook")}>
            New webhook
          </Button>
          <Button size="xs" variant="default" leftSection={<CalendarClock size={13} aria-hidden />} onClick={() => add("schedule")}>
            New schedule
          </Button>
        </div>
      )}
    </section>
  );
}

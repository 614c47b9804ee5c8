import type { TriggerView } from "@drawbridge/protocol";
import { Button, Drawer, Switch } from "@mantine/core";
import { useThrottledCallback } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PencilLine, Play, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useWatch } from "../api/live.ts";
import { useMay } from "../api/session.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { countText } from "../shared/format.ts";
import { JsonTree } from "../shared/JsonTree.tsx";
import { notifyDone } from "../shared/notify.ts";
import { PageHeader } from "../shared/PageHeader.tsx";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { usePageTitle } from "../shared/use-page-title.ts";
import { cronWords } from "./cron-words.ts";
import { FireDialog } from "./FireDialog.tsx";
import { HowToCall } from "./HowToCall.tsx";
import { LastTriggerRun } from "./LastTriggerRun.tsx";
import { Ticks } from "./Ticks.tsx";
import { kindLooks, missedWords } from "./trigger-looks.ts";
import { TriggerForm } from "./TriggerForm.tsx";
import { TriggerMenu } from "./TriggerMenu.tsx";
import classes from "./TriggerPage.module.css";
import { readTriggersAgain, triggerQuery } from "./trigger-queries.ts";
import { TriggerState } from "./TriggerState.tsx";
import { useTurnTrigger } from "./use-turn-trigger.ts";

/** One trigger: how it is fired, what it hands over, and how it went. */
export function TriggerPage({ id }: { id: string }) {
  const trigger = useQuery(triggerQuery(id));
  usePageTitle(trigger.data?.name ?? "Trigger");
  if (trigger.data) return <Shown trigger={trigger.data} />;
  if (trigger.error) return <ErrorState error={trigger.error} retry={() => void trigger.refetch()} action={<Link to="/triggers">All triggers</Link>} />;
  return <SkeletonRows rows={6} what="the trigger" retry={() => void trigger.refetch()} />;
}

function Shown({ trigger }: { trigger: TriggerView }) {
  const mayEdit = useMay("engineer");
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<"edit" | "fire" | null>(null);
  const readAgain = useThrottledCallback(() => readTriggersAgain(queries), 2_000);
  useWatch({ topic: "runs" }, { "run-changed": readAgain, again: readAgain });
  const close = () => setDialog(null);
  return (
    <>
      <PageHeader
        title={trigger.name}
        actions={
          mayEdit && (
            <>
              <Turn trigger={trigger} />
              <Button variant="default" leftSection={<Play size={15} aria-hidden />} onClick={() => setDialog("fire")}>
                Run now
              </Button>
              <Button variant="default" leftSection={<PencilLine size={15} aria-hidden />} onClick={() => setDialog("edit")}>
                Edit
              </Button>
              <TriggerMenu trigger={trigger} />
            </>
          )
        }
      >
        <nav aria-label="Breadcrumb" className={classes.crumbs}>
          <TriggerState trigger={trigger} />
          <span className="secondary">
            {kindLooks[trigger.kind].word} of{" "}
            <Link to="/playbooks/$id" params={{ id: trigger.playbook.id }}>
              {trigger.playbook.name}
            </Link>
          </span>
          <span className="muted">·</span>
          <Link to="/triggers">All triggers</Link>
        </nav>
      </PageHeader>
      <div className={classes.page}>
        {trigger.lastError && (
          <div className={classes.problem} role="status">
            <TriangleAlert size={16} strokeWidth={2} aria-hidden />
            <div>
              <strong>The last firing started nothing.</strong> {trigger.lastError.message}{" "}
              <span className="mono">
                {trigger.lastError.code}, <RelativeTime at={trigger.lastError.at} />
              </span>
            </div>
          </div>
        )}
        <div className={classes.columns}>
          <div className={classes.column}>
            {trigger.webhook && (
              <section className={`card ${classes.part}`}>
                <h2>How to call it</h2>
                <HowToCall trigger={trigger} address={`${window.location.origin}/hooks/<token ending in ${trigger.webhook.tokenHint}>`} />
              </section>
            )}
            {trigger.schedule && (
              <section className={`card ${classes.part}`}>
                <h2>Next ticks</h2>
                <p className={classes.words}>{cronWords(trigger.schedule.cron)}</p>
                {trigger.schedule.next.length > 0 ? (
                  <Ticks at={trigger.schedule.next} zone={trigger.schedule.zone} />
                ) : (
                  <p className="muted">{trigger.enabled ? "It does not fire any more." : "It is off; nothing starts."}</p>
                )}
              </section>
            )}
            <section className={`card ${classes.part}`}>
              <h2>Inputs</h2>
              {trigger.inputs === null ? (
                <p className="secondary">The body of the request is the playbook's inputs.</p>
              ) : Object.keys(trigger.inputs).length === 0 ? (
                <p className="secondary">None; what the playbook declares takes its defaults.</p>
              ) : (
                <JsonTree value={trigger.inputs} label="Inputs" openTo={2} />
              )}
            </section>
          </div>
          <section className={`card ${classes.part}`}>
            <h2>{kindLooks[trigger.kind].word}</h2>
            <Facts trigger={trigger} />
          </section>
        </div>
      </div>
      <Drawer opened={dialog === "edit"} onClose={close} position="right" size={560} title={`Edit ${trigger.name}`}>
        <TriggerForm
          kind={trigger.kind}
          playbook={trigger.playbook.id}
          trigger={trigger}
          onClose={close}
          onSaved={(saved) => {
            notifyDone(`${saved.name} is saved.`);
            close();
          }}
        />
      </Drawer>
      {dialog === "fire" && <FireDialog trigger={trigger} onClose={close} />}
    </>
  );
}

function Turn({ trigger }: { trigger: TriggerView }) {
  const turn = useTurnTrigger(trigger);
  return (
    <Switch
      label="On"
      labelPosition="left"
      checked={turn.isPending ? turn.variables : trigger.enabled}
      disabled={turn.isPending}
      onChange={(event) => turn.mutate(event.currentTarget.checked)}
    />
  );
}

function Facts({ trigger }: { trigger: TriggerView }) {
  const { webhook, schedule } = trigger;
  return (
    <dl className={classes.facts}>
      <dt>Last run</dt>
      <dd>
        <LastTriggerRun trigger={trigger} />
      </dd>
      {trigger.disabledReason !== null && (
        <>
          <dt>Off because</dt>
          <dd>{trigger.disabledReason}</dd>
        </>
      )}
      {schedule && (
        <>
          <dt>Cron</dt>
          <dd className="mono">{schedule.cron}</dd>
          <dt>Time zone</dt>
          <dd>{schedule.zone}</dd>
          <dt>Missed ticks</dt>
          <dd>{missedWords[schedule.missed]}</dd>
        </>
      )}
      {webhook && (
        <>
          <dt>Signature</dt>
          <dd>
            {webhook.signature ? (
              <>
                Demanded in <span className="mono">{webhook.signature.header}</span>
              </>
            ) : (
              "Not demanded"
            )}
          </dd>
          <dt>At most</dt>
          <dd>{countText(webhook.perMinute, "request")} a minute</dd>
        </>
      )}
      <dt>Runs</dt>
      <dd>
        <Link to="/runs" search={{ playbook: trigger.playbook.id }}>
          All runs of the playbook
        </Link>
      </dd>
      <dt>Made</dt>
      <dd>
        <RelativeTime at={trigger.createdAt} /> by {trigger.createdBy}
      </dd>
      <dt>Id</dt>
      <dd className="mono">{trigger.id}</dd>
    </dl>
  );
}

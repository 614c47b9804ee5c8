import type { TriggerView } from "@drawbridge/protocol";
import { Link } from "@tanstack/react-router";
import { useMay } from "../api/session.ts";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { Tile } from "../shared/Tile.tsx";
import { LastTriggerRun } from "./LastTriggerRun.tsx";
import { kindLooks } from "./trigger-looks.ts";
import { TriggerMenu } from "./TriggerMenu.tsx";
import classes from "./TriggerRow.module.css";
import { TriggerState } from "./TriggerState.tsx";
import { TriggerWhen } from "./TriggerWhen.tsx";

/** The heads of the list's columns. */
export function TriggerRowHead() {
  return (
    <div className={`${classes.row} ${classes.head}`} aria-hidden>
      <span>Trigger</span>
      <span className={classes.wide}>When</span>
      <span>State</span>
      <span className={`${classes.wide} ${classes.next}`}>Next tick</span>
      <span className={classes.wide}>Last run</span>
      <span />
    </div>
  );
}

/** One trigger in a list. */
export function TriggerRow({ trigger }: { trigger: TriggerView }) {
  const mayEdit = useMay("engineer");
  const { icon, word } = kindLooks[trigger.kind];
  const next = trigger.schedule?.next[0];
  return (
    <article className={classes.row} aria-label={`${word} ${trigger.name}`}>
      <div className={classes.first}>
        <Tile icon={icon} label={word} />
        <div className={classes.name}>
          <Link to="/triggers/$id" params={{ id: trigger.id }} className={`${classes.link} cut`}>
            {trigger.name}
          </Link>
          <span className={`${classes.facts} cut`}>
            {trigger.playbook.name}
            <span className={classes.narrow}>
              , <TriggerWhen trigger={trigger} />
            </span>
          </span>
        </div>
      </div>
      <div className={`${classes.name} ${classes.wide}`}>
        <span className="cut secondary">
          <TriggerWhen trigger={trigger} />
        </span>
        {trigger.lastError !== null && (
          <span className={`${classes.problem} cut`} title={trigger.lastError.message}>
            {trigger.lastError.message}
          </span>
        )}
        {trigger.disabledReason !== null && <span className={`${classes.facts} cut`}>{trigger.disabledReason}</span>}
      </div>
      <TriggerState trigger={trigger} />
      <span className={`${classes.wide} ${classes.next} secondary cut`}>
        {next === undefined ? <span className="muted">{trigger.webhook ? "When called" : "None"}</span> : <RelativeTime at={next} />}
      </span>
      <span className={`${classes.wide} cut`}>
        <LastTriggerRun trigger={trigger} className={classes.above} />
      </span>
      <span className={classes.above}>{mayEdit && <TriggerMenu trigger={trigger} />}</span>
    </article>
  );
}

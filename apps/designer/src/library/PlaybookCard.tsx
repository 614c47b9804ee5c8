import type { PlaybookSummary } from "@drawbridge/protocol";
import { Link } from "@tanstack/react-router";
import { Badge } from "../shared/Badge.tsx";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { IntegrationTile } from "../shared/Tile.tsx";
import { HealthMark } from "./HealthMark.tsx";
import { versionWord } from "./playbook-facts.ts";
import { PlaybookMenu } from "./PlaybookMenu.tsx";
import classes from "./PlaybookCard.module.css";
import { RunBars } from "./RunBars.tsx";

/** One playbook as a card. */
export function PlaybookCard({ playbook }: { playbook: PlaybookSummary }) {
  return (
    <article className={`card ${classes.card}`} aria-label={playbook.name}>
      <div className={classes.top}>
        <Link to="/playbooks/$id" params={{ id: playbook.id }} className={`${classes.name} cut`}>
          {playbook.name}
        </Link>
        <Badge>{versionWord(playbook)}</Badge>
        <span className={classes.menu}>
          <PlaybookMenu playbook={playbook} />
        </span>
      </div>
      <p className={classes.text}>{playbook.description === "" ? <span className="muted">No description</span> : playbook.description}</p>
      <div className={classes.tiles}>
        {playbook.integrations.slice(0, 6).map((id) => (
          <IntegrationTile key={id} id={id} size={20} />
        ))}
        {playbook.tags.slice(0, 2).map((tag) => (
          <span key={tag} className={`${classes.tag} cut`}>
            {tag}
          </span>
        ))}
      </div>
      <div className={classes.foot}>
        <RunBars runs={playbook.recentRuns} />
        <span className="grow" />
        {playbook.running > 0 ? (
          <span className="muted num">{playbook.running} running</span>
        ) : (
          playbook.lastRunAt !== null && (
            <span className="muted">
              <RelativeTime at={playbook.lastRunAt} />
            </span>
          )
        )}
        <HealthMark playbook={playbook} withReason={false} />
      </div>
    </article>
  );
}

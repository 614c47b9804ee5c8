import type { PlaybookSummary } from "@drawbridge/protocol";
import { Link } from "@tanstack/react-router";
import { IntegrationTile } from "../shared/Tile.tsx";
import { HealthMark } from "./HealthMark.tsx";
import { LastRun } from "./LastRun.tsx";
import { playbookFacts } from "./playbook-facts.ts";
import { PlaybookMenu } from "./PlaybookMenu.tsx";
import classes from "./PlaybookRow.module.css";
import { RunBars } from "./RunBars.tsx";

/** The heads of the list's columns. */
export function PlaybookRowHead() {
  return (
    <div className={`${classes.row} ${classes.head}`} aria-hidden>
      <span>Name</span>
      <span className={classes.wide}>Tags</span>
      <span className={classes.wide}>Integrations</span>
      <span className={classes.wide}>Last 12 runs</span>
      <span>Last run</span>
      <span className={classes.wide}>Health</span>
      <span />
    </div>
  );
}

/** One playbook in the list. */
export function PlaybookRow({ playbook }: { playbook: PlaybookSummary }) {
  return (
    <article className={classes.row} aria-label={playbook.name}>
      <div className={classes.name}>
        <Link to="/playbooks/$id" params={{ id: playbook.id }} className={`${classes.link} cut`}>
          {playbook.name}
        </Link>
        <span className={`${classes.facts} cut`}>{playbookFacts(playbook)}</span>
      </div>
      <Tags tags={playbook.tags} />
      <div className={`${classes.tiles} ${classes.wide}`}>
        {playbook.integrations.slice(0, 5).map((id) => (
          <IntegrationTile key={id} id={id} size={20} />
        ))}
        {playbook.integrations.length > 5 && <span className="muted">+{playbook.integrations.length - 5}</span>}
      </div>
      <div className={classes.wide}>
        <RunBars runs={playbook.recentRuns} />
      </div>
      <LastRun playbook={playbook} />
      <div className={classes.wide}>
        <HealthMark playbook={playbook} />
      </div>
      <div className={classes.menu}>
        <PlaybookMenu playbook={playbook} />
      </div>
    </article>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <div className={`${classes.tags} ${classes.wide}`}>
      {tags.slice(0, 3).map((tag) => (
        <span key={tag} className={`${classes.tag} cut`}>
          {tag}
        </span>
      ))}
      {tags.length > 3 && <span className="muted">+{tags.length - 3}</span>}
    </div>
  );
}

import type { WarRoomEntry } from "@drawbridge/protocol";
import { ActionIcon, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Bot, Pin } from "lucide-react";
import { Avatar } from "../../shared/Avatar.tsx";
import { Badge } from "../../shared/Badge.tsx";
import { clockText, wholeTimeText } from "../../shared/format.ts";
import { Markdown } from "../../shared/Markdown.tsx";
import { IntegrationTile, Tile } from "../../shared/Tile.tsx";
import { EntryData } from "./EntryData.tsx";
import classes from "./WarRoom.module.css";

/** One entry of the war room. */
export function Entry({ entry, onPin }: { entry: WarRoomEntry; onPin: ((entry: WarRoomEntry) => void) | null }) {
  const fromPerson = entry.by !== null && entry.kind !== "playbook";
  return (
    <li className={classes.entry} data-kind={entry.kind}>
      {fromPerson && entry.by ? (
        <Avatar person={entry.by} size={26} />
      ) : entry.integration === null ? (
        <Tile icon={Bot} size={26} />
      ) : (
        <IntegrationTile id={entry.integration} size={26} />
      )}
      <div className={classes.body}>
        <div className={classes.meta}>
          <b className="cut">{fromPerson ? entry.by?.name : (entry.stepName ?? (entry.kind === "system" ? "Drawbridge" : "Playbook"))}</b>
          {entry.kind === "playbook" &&
            (entry.run === null ? (
              <span className="muted">playbook</span>
            ) : (
              <Link to="/runs/$id" params={{ id: entry.run }} className="muted">
                playbook
              </Link>
            ))}
          {entry.kind === "command" &&
            (entry.run === null ? (
              <span className="muted">command</span>
            ) : (
              <Link to="/runs/$id" params={{ id: entry.run }}>
                Open the run
              </Link>
            ))}
          <span className="grow" />
          {onPin && entry.evidence === null && (
            <Tooltip label="Add to evidence">
              <ActionIcon size="sm" className={classes.pin} aria-label="Add to evidence" onClick={() => onPin(entry)}>
                <Pin size={13} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          <time className="num" dateTime={entry.at} title={wholeTimeText(entry.at)}>
            {clockText(entry.at)}
          </time>
        </div>
        {entry.text.startsWith("!") || (entry.kind === "command" && entry.run !== null) ? <CommandText text={entry.text} /> : <Markdown text={entry.text} />}
        {entry.data !== undefined && entry.data !== null && <EntryData data={entry.data} />}
        {entry.evidence !== null && (
          <Badge tone="accent">
            <Pin size={12} strokeWidth={2} aria-hidden />
            Evidence
          </Badge>
        )}
      </div>
    </li>
  );
}

/** A command as it was typed, and what it led to on the lines below. */
function CommandText({ text }: { text: string }) {
  const end = text.indexOf("\n");
  const line = end === -1 ? text : text.slice(0, end);
  const rest = end === -1 ? "" : text.slice(end + 1).trim();
  return (
    <>
      <code className={classes.command}>{line}</code>
      {rest !== "" && <Markdown text={rest} />}
    </>
  );
}

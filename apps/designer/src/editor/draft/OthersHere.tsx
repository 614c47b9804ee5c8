import { Tooltip } from "@mantine/core";
import { Users } from "lucide-react";
import { Avatar } from "../../shared/Avatar.tsx";
import { countText } from "../../shared/format.ts";
import { useDraft } from "../editor-context.ts";
import classes from "./OthersHere.module.css";

const mostShown = 4;

/** Who else has this playbook open: a few faces where there is room, else how many. */
export function OthersHere() {
  const others = useDraft((state) => state.others);
  if (others.length === 0) return null;
  const shown = others.length > mostShown ? others.slice(0, mostShown - 1) : others;
  const label = `Also here: ${others.map(({ name }) => name).join(", ")}`;
  return (
    <Tooltip label={label} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <span className={classes.others} role="img" aria-label={label} tabIndex={0}>
        <span className={classes.faces}>
          {shown.map((person) => (
            <Avatar key={person.email} person={person} size={24} />
          ))}
          {others.length > shown.length && <span className={classes.more}>+{others.length - shown.length}</span>}
        </span>
        <span className={classes.count}>
          <Users size={14} aria-hidden />
          <span className="num" title={countText(others.length, "other", "others")}>
            {others.length}
          </span>
        </span>
      </span>
    </Tooltip>
  );
}

import { type MergeConflict, type Side, valueText } from "@drawbridge/playbook";
import { SegmentedControl } from "@mantine/core";
import classes from "../dialogs.module.css";

/** Every place that both sides changed, with what it was and what each made of it; the person chooses one of them. */
export function ConflictChoices({
  conflicts,
  choices,
  mine,
  theirs,
  onChoose,
}: {
  conflicts: readonly MergeConflict[];
  choices: ReadonlyMap<string, Side>;
  /** How each side is called. */
  mine: string;
  theirs: string;
  onChoose: (choices: ReadonlyMap<string, Side>) => void;
}) {
  return conflicts.map(({ pointer, base, mine: own, theirs: other }) => (
    <div key={pointer} className={classes.text}>
      <code className={classes.code}>{pointer}</code>
      <p>Before: {base === undefined ? "not there" : valueText(pointer, base)}</p>
      <p>
        {mine}: {own === undefined ? "removed" : valueText(pointer, own)}
      </p>
      <p>
        {theirs}: {other === undefined ? "removed" : valueText(pointer, other)}
      </p>
      <SegmentedControl
        size="xs"
        aria-label={`Which to keep of ${pointer}`}
        data={[
          { value: "mine", label: mine },
          { value: "theirs", label: theirs },
        ]}
        value={choices.get(pointer) ?? "mine"}
        onChange={(side) => onChoose(new Map([...choices, [pointer, side === "theirs" ? "theirs" : "mine"]]))}
      />
    </div>
  ));
}

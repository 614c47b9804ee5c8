import { ActionIcon, Button, SegmentedControl, Select } from "@mantine/core";
import { Plus, X } from "lucide-react";
import type { FieldProblem } from "../completion/known-context.ts";
import { valueType } from "../completion/value-text.ts";
import { ExpressionInput } from "../form/ExpressionInput.tsx";
import form from "../form/form.module.css";
import { JsonField } from "../form/JsonField.tsx";
import { useRowKeys } from "../form/use-row-keys.ts";
import { type ConditionGroup, type ConditionPart, type ConditionRow, deepestGroup, emptyRow, isGroup, isLogicRow, type RowOperator, rowOperators } from "./condition-model.ts";
import classes from "./ConditionBuilder.module.css";
import { literalOf } from "./literal-text.ts";

const operatorOptions = (Object.keys(rowOperators) as RowOperator[]).map((name) => ({ value: name, label: rowOperators[name].title }));

/** The rows of a group, and the groups among them. `place` is the group's own number, as "2.". */
export function ConditionRows({
  group,
  onChange,
  depth,
  place,
  problems,
}: {
  group: ConditionGroup;
  onChange: (group: ConditionGroup) => void;
  depth: number;
  place: string;
  problems: readonly FieldProblem[];
}) {
  const keys = useRowKeys(group.rows.length);
  const put = (index: number, part: ConditionPart) => onChange({ ...group, rows: group.rows.map((each, at) => (at === index ? part : each)) });
  const remove = (index: number) => {
    keys.remove(index);
    onChange({ ...group, rows: group.rows.filter((_, at) => at !== index) });
  };
  const add = (part: ConditionPart) => onChange({ ...group, rows: [...group.rows, part] });
  const within = place === "" ? "" : ` to group ${place.slice(0, -1)}`;
  return (
    <div
      className={classes.group}
      data-depth={depth === 0 ? undefined : depth}
      role={depth === 0 ? undefined : "group"}
      aria-label={depth === 0 ? undefined : `Group ${place.slice(0, -1)}`}
    >
      {group.rows.length > 1 && (
        <SegmentedControl
          aria-label={place === "" ? "How many must hold" : `Group ${place.slice(0, -1)}: how many must hold`}
          data={[
            { value: "all", label: "All hold" },
            { value: "any", label: "Any holds" },
          ]}
          value={group.match}
          onChange={(next) => onChange({ ...group, match: next === "any" ? "any" : "all" })}
        />
      )}
      {group.rows.map((part, index) => {
        const number = `${place}${index + 1}`;
        return (
          <div key={keys.all[index]} className={classes.row}>
            <div className={classes.parts} data-group={isGroup(part) || undefined}>
              <Part
                part={part}
                number={number}
                depth={depth}
                problems={problems}
                onChange={(next) => (isGroup(next) && next.rows.length === 0 ? remove(index) : put(index, next))}
              />
            </div>
            {(group.rows.length > 1 || depth > 0) && (
              <ActionIcon size="sm" aria-label={`Remove ${isGroup(part) ? "group" : "row"} ${number}`} onClick={() => remove(index)}>
                <X size={14} aria-hidden />
              </ActionIcon>
            )}
          </div>
        );
      })}
      <div className={classes.add}>
        <Button size="xs" variant="default" leftSection={<Plus size={13} aria-hidden />} aria-label={`Add a row${within}`} onClick={() => add(emptyRow)}>
          Row
        </Button>
        {depth < deepestGroup && (
          <Button
            size="xs"
            variant="default"
            leftSection={<Plus size={13} aria-hidden />}
            aria-label={`Add a group${within}`}
            onClick={() => add({ match: group.match === "all" ? "any" : "all", rows: [emptyRow, emptyRow] })}
          >
            Group
          </Button>
        )}
      </div>
    </div>
  );
}

interface PartProps<Kind extends ConditionPart> {
  readonly part: Kind;
  readonly number: string;
  readonly depth: number;
  readonly problems: readonly FieldProblem[];
  readonly onChange: (part: ConditionPart) => void;
}

function Part({ part, ...props }: PartProps<ConditionPart>) {
  if (isGroup(part)) return <ConditionRows group={part} depth={props.depth + 1} place={`${props.number}.`} problems={props.problems} onChange={props.onChange} />;
  if (isLogicRow(part))
    return (
      <JsonField
        label={`Row ${props.number}: JsonLogic`}
        help="Says more than a row can."
        logic
        value={part.logic}
        lines={3}
        onChange={(next) => next !== undefined && props.onChange({ logic: next })}
      />
    );
  return <Row part={part} {...props} />;
}

function Row({ part: row, number, problems, onChange }: PartProps<ConditionRow>) {
  const { takes } = rowOperators[row.operator];
  const plain = takes !== "none" && row.right !== "" && !row.right.includes("{{");
  return (
    <>
      <ExpressionInput
        bare
        label={`Row ${number}: what to compare`}
        value={row.left}
        placeholder="What to compare"
        problems={problems}
        onChange={(left) => onChange({ ...row, left: left.replaceAll(/\s*\n\s*/g, " ") })}
      />
      <Select
        aria-label={`Row ${number}: comparison`}
        data={operatorOptions}
        value={row.operator}
        allowDeselect={false}
        searchable
        onChange={(next) => onChange({ ...row, operator: (next ?? "equals") as RowOperator })}
      />
      {takes !== "none" && (
        <ExpressionInput
          label={`Row ${number}: value`}
          value={row.right}
          placeholder={takes === "list" ? "one, two, three" : "value"}
          problems={problems}
          onChange={(right) => onChange({ ...row, right })}
        />
      )}
      {plain && takes === "right" && typeof literalOf(row.right) !== "string" && (
        <p className={form.help}>Compared as {valueType(literalOf(row.right))}; in quotes it is a text.</p>
      )}
    </>
  );
}

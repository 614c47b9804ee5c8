import type { Json } from "@drawbridge/playbook";
import { ActionIcon, Button, SegmentedControl, Select } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { ExpressionInput } from "../form/ExpressionInput.tsx";
import { JsonField } from "../form/JsonField.tsx";
import { type ConditionGroup, type ConditionRow, emptyRow, groupLogic, groupOf, isGroup, type RowOperator, rowOperators } from "./condition-model.ts";
import classes from "./ConditionBuilder.module.css";

const operatorOptions = (Object.keys(rowOperators) as RowOperator[]).map((name) => ({ value: name, label: rowOperators[name].title }));

/** A condition as rows or as JsonLogic text; both edit the same value. */
export function ConditionBuilder({ label, value, onChange }: { label: string; value: Json; onChange: (logic: Json) => void }) {
  const [view, setView] = useState<"rows" | "text">(() => (isBlank(value) || groupOf(value) ? "rows" : "text"));
  const [group, setGroup] = useState<ConditionGroup>(() => startOf(value));
  const own = useRef(value);
  useEffect(() => {
    if (JSON.stringify(own.current) === JSON.stringify(value)) return;
    own.current = value;
    const read = groupOf(value);
    if (read) setGroup(read);
    else if (!isBlank(value)) setView("text");
  }, [value]);
  const change = (next: ConditionGroup) => {
    setGroup(next);
    const written = groupLogic(next);
    if ("problem" in written) return;
    own.current = written.logic;
    onChange(written.logic);
  };
  const readable = isBlank(value) || groupOf(value) !== null;
  const unfinished = groupLogic(group);
  return (
    <div className={classes.builder} role="group" aria-label={label}>
      <div className={classes.head}>
        <SegmentedControl
          aria-label={`${label}: view`}
          data={[
            { value: "rows", label: "Rows", disabled: !readable },
            { value: "text", label: "JsonLogic" },
          ]}
          value={view}
          onChange={(next) => setView(next === "rows" ? "rows" : "text")}
        />
        {!readable && <span className={classes.hint}>Says more than rows can</span>}
      </div>
      {view === "text" ? (
        <JsonField
          label="JsonLogic"
          logic
          value={value}
          lines={5}
          onChange={(next) => {
            if (next === undefined) return;
            own.current = next;
            const read = groupOf(next);
            if (read) setGroup(read);
            onChange(next);
          }}
        />
      ) : (
        <>
          <Rows group={group} onChange={change} depth={0} />
          {"problem" in unfinished && <p className={classes.hint}>{unfinished.problem} Until then the earlier condition stays.</p>}
        </>
      )}
    </div>
  );
}

const isBlank = (logic: Json) => logic === true || logic === false || logic === null;
const startOf = (logic: Json): ConditionGroup => groupOf(logic) ?? { match: "all", rows: [emptyRow] };

function Rows({ group, onChange, depth }: { group: ConditionGroup; onChange: (group: ConditionGroup) => void; depth: number }) {
  const put = (index: number, row: ConditionRow | ConditionGroup) => onChange({ ...group, rows: group.rows.map((each, at) => (at === index ? row : each)) });
  return (
    <div className={classes.group} data-depth={depth}>
      {group.rows.length > 1 && (
        <div className={classes.match}>
          <SegmentedControl
            aria-label="How many must hold"
            data={[
              { value: "all", label: "All hold" },
              { value: "any", label: "Any holds" },
            ]}
            value={group.match}
            onChange={(next) => onChange({ ...group, match: next === "any" ? "any" : "all" })}
          />
        </div>
      )}
      {group.rows.map((row, index) => (
        <div key={index} className={classes.row}>
          <div className={classes.parts}>
            {isGroup(row) ? (
              <Rows group={row} onChange={(next) => put(index, next)} depth={depth + 1} />
            ) : (
              <Row row={row} number={index + 1} onChange={(next) => put(index, next)} />
            )}
          </div>
          {group.rows.length > 1 && (
            <ActionIcon size="sm" aria-label={`Remove row ${index + 1}`} onClick={() => onChange({ ...group, rows: group.rows.filter((_, at) => at !== index) })}>
              <X size={14} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      <div className={classes.add}>
        <Button size="xs" variant="default" leftSection={<Plus size={13} aria-hidden />} onClick={() => onChange({ ...group, rows: [...group.rows, emptyRow] })}>
          Row
        </Button>
        {depth === 0 && (
          <Button
            size="xs"
            variant="default"
            leftSection={<Plus size={13} aria-hidden />}
            onClick={() => onChange({ ...group, rows: [...group.rows, { match: group.match === "all" ? "any" : "all", rows: [emptyRow, emptyRow] }] })}
          >
            Group
          </Button>
        )}
      </div>
    </div>
  );
}

function Row({ row, number, onChange }: { row: ConditionRow; number: number; onChange: (row: ConditionRow) => void }) {
  const { takes } = rowOperators[row.operator];
  return (
    <>
      <ExpressionInput
        bare
        label={`Row ${number}: what to compare`}
        value={row.left}
        placeholder="steps.….output.…"
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
          onChange={(right) => onChange({ ...row, right })}
        />
      )}
    </>
  );
}

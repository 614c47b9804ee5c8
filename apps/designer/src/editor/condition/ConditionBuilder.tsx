import type { Json } from "@drawbridge/playbook";
import { SegmentedControl } from "@mantine/core";
import { Activity } from "lucide-react";
import { useContext, useEffect, useMemo, useRef, useState } from "react";
import { KnownContext, problemsUnder } from "../completion/known-context.ts";
import { logicOutcome } from "../completion/run-values.ts";
import form from "../form/form.module.css";
import { JsonField } from "../form/JsonField.tsx";
import { type ConditionGroup, emptyRow, groupLogic, groupOf } from "./condition-model.ts";
import classes from "./ConditionBuilder.module.css";
import { ConditionRows } from "./ConditionRows.tsx";

/** A condition as rows or as JsonLogic text; both edit the same value. */
export function ConditionBuilder({ label, value, onChange, pointer }: { label: string; value: Json; onChange: (logic: Json) => void; pointer?: string }) {
  const { problems: all } = useContext(KnownContext);
  const problems = useMemo(() => problemsUnder(all, pointer), [all, pointer]);
  const [view, setView] = useState<"rows" | "text">("rows");
  const [group, setGroup] = useState<ConditionGroup>(() => startOf(value));
  const own = useRef(value);
  useEffect(() => {
    if (JSON.stringify(own.current) === JSON.stringify(value)) return;
    own.current = value;
    setGroup(startOf(value));
  }, [value]);
  const put = (logic: Json) => {
    own.current = logic;
    onChange(logic);
  };
  const change = (next: ConditionGroup) => {
    setGroup(next);
    const written = groupLogic(next);
    if ("logic" in written) put(written.logic);
  };
  const written = groupLogic(group);
  const messages = view === "text" ? [] : [...new Set(problems.filter(({ severity }) => severity === "error").map(({ message }) => message))];
  return (
    <div className={classes.builder} role="group" aria-label={label}>
      <div className={classes.head}>
        <SegmentedControl
          aria-label={`${label}: view`}
          data={[
            { value: "rows", label: "Rows" },
            { value: "text", label: "JsonLogic" },
          ]}
          value={view}
          onChange={(next) => setView(next === "text" ? "text" : "rows")}
        />
        <Holds logic={value} />
      </div>
      {view === "text" ? (
        <JsonField
          label="JsonLogic"
          logic
          value={value}
          lines={5}
          problems={problems}
          onChange={(next) => {
            if (next === undefined) return;
            setGroup(startOf(next));
            put(next);
          }}
        />
      ) : (
        <>
          <ConditionRows group={group} onChange={change} depth={0} place="" problems={problems} />
          {"problem" in written && (
            <p className={classes.hint}>
              {written.problem} Until then {isBlank(value) ? (value === true ? "it always holds." : "it never holds.") : "the earlier condition stays."}
            </p>
          )}
          {messages.map((message) => (
            <p key={message} className={form.error} role="alert">
              {message}
            </p>
          ))}
        </>
      )}
    </div>
  );
}

const isBlank = (logic: Json) => logic === true || logic === false || logic === null;
const startOf = (logic: Json): ConditionGroup => (isBlank(logic) ? { match: "all", rows: [emptyRow] } : groupOf(logic));

/** Whether the condition held in the run that values are taken from. */
function Holds({ logic }: { logic: Json }) {
  const { values } = useContext(KnownContext);
  const outcome = useMemo(() => (values ? logicOutcome({ "!!": [logic] }, values) : null), [logic, values]);
  if (!values || !outcome || !("value" in outcome)) return null;
  return (
    <span className={classes.holds} data-holds={outcome.value === true} title={`With the values of the ${values.from}`}>
      <Activity size={12} aria-hidden />
      {outcome.value === true ? "holds" : "does not hold"}
      <span className="unseen"> with the values of the {values.from}</span>
    </span>
  );
}

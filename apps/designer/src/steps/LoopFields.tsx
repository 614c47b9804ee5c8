import type { StepOf } from "@drawbridge/playbook";
import { NumberInput, SegmentedControl, Switch } from "@mantine/core";
import { memo } from "react";
import { ConditionBuilder } from "../editor/condition/ConditionBuilder.tsx";
import { DurationField } from "../editor/form/DurationField.tsx";
import { Field } from "../editor/form/Field.tsx";
import { ValueField } from "../editor/form/ValueField.tsx";
import classes from "../editor/form/form.module.css";

interface Loops {
  readonly forEach: StepOf<"action">["forEach"];
  readonly repeat: StepOf<"action">["repeat"];
}

/** Runs a step for each item of a list, or again until something holds. */
export const LoopFields = memo(function LoopFields({ forEach, repeat, change }: Loops & { readonly change: (patch: Partial<Loops>) => void }) {
  const kind = forEach ? "each" : repeat ? "until" : "once";
  return (
    <>
      <Field label="Runs">
        <SegmentedControl
          fullWidth
          aria-label="Runs"
          data={[
            { value: "once", label: "Once" },
            { value: "each", label: "For each item" },
            { value: "until", label: "Until it holds" },
          ]}
          value={kind}
          onChange={(next) =>
            change({
              forEach: next === "each" ? { items: "{{ input.items }}" } : undefined,
              repeat: next === "until" ? { until: { "==": [{ var: "output.status" }, "done"] }, every: "PT30S", max: 20 } : undefined,
            })
          }
        />
      </Field>
      {forEach && (
        <div className={classes.group}>
          <ValueField
            field={{
              key: "items",
              title: "Items",
              description: "The list; each item is {{ item }} in the fields above.",
              required: true,
              default: undefined,
              examples: [],
              secret: false,
              shape: { kind: "list", item: { kind: "text", long: false, format: undefined } },
            }}
            value={forEach.items}
            onChange={(items) => change({ forEach: { ...forEach, items: items ?? [] } })}
          />
          <div className={classes.pair}>
            <NumberInput
              label="At a time"
              min={1}
              max={100}
              allowDecimal={false}
              value={forEach.concurrency ?? 1}
              onChange={(count) => typeof count === "number" && count >= 1 && change({ forEach: { ...forEach, concurrency: count } })}
            />
            <Field label="When one fails">
              <Switch
                label="Go on"
                checked={forEach.onItemError === "continue"}
                onChange={(event) => change({ forEach: { ...forEach, onItemError: event.currentTarget.checked ? "continue" : "fail" } })}
              />
            </Field>
          </div>
        </div>
      )}
      {repeat && (
        <div className={classes.group}>
          <Field label="Until" help="What the last call returned is output.">
            <ConditionBuilder label="Until" value={repeat.until} pointer="/repeat/until" onChange={(until) => change({ repeat: { ...repeat, until } })} />
          </Field>
          <div className={classes.pair}>
            <DurationField label="Every" required value={repeat.every} onChange={(every) => every !== undefined && change({ repeat: { ...repeat, every } })} />
            <NumberInput
              label="At most"
              min={1}
              max={10_000}
              allowDecimal={false}
              suffix=" times"
              value={repeat.max}
              onChange={(max) => typeof max === "number" && max >= 1 && change({ repeat: { ...repeat, max } })}
            />
          </div>
        </div>
      )}
    </>
  );
});

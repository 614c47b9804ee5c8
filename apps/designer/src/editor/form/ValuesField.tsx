import type { Json } from "@drawbridge/playbook";
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { literalOf, literalText } from "../condition/literal-text.ts";
import { ExpressionInput } from "./ExpressionInput.tsx";
import classes from "./form.module.css";

/** Named values: each a text, a number, JSON, or an expression. */
export function ValuesField({
  label,
  value,
  onChange,
  fixedKeys = [],
  keyWord = "name",
}: {
  label: string;
  value: { readonly [key: string]: Json };
  onChange: (value: { readonly [key: string]: Json }) => void;
  fixedKeys?: readonly string[];
  keyWord?: string;
}) {
  const entries: (readonly [string, Json])[] = [...fixedKeys.filter((key) => !(key in value)).map((key): readonly [string, Json] => [key, ""]), ...Object.entries(value)];
  const put = (at: number, key: string, next: Json) =>
    onChange(
      Object.fromEntries(
        entries.map((entry, index): readonly [string, Json] => (index === at ? [key, next] : entry)).filter(([name, each]) => !(fixedKeys.includes(name) && each === "")),
      ),
    );
  const free = () => {
    for (let count = 1; ; count += 1) if (!entries.some(([key]) => key === `value${count}`)) return `value${count}`;
  };
  return (
    <div className={classes.rows} role="group" aria-label={label}>
      {entries.map(([key, each], index) => (
        <div key={index} className={classes.row}>
          <TextInput
            className={classes.key}
            aria-label={`${keyWord} ${index + 1}`}
            value={key}
            readOnly={fixedKeys.includes(key)}
            onChange={(event) => {
              const next = event.currentTarget.value;
              if (next !== "" && !entries.some(([other], at) => at !== index && other === next)) put(index, next, each);
            }}
          />
          <div className={classes.wide}>
            <ExpressionInput
              label={`Value of ${key}`}
              value={typeof each === "string" && each.includes("{{") ? each : each === "" ? "" : literalText(each)}
              onChange={(text) => put(index, key, text.includes("{{") ? text : literalOf(text))}
            />
          </div>
          {!fixedKeys.includes(key) && (
            <ActionIcon size="sm" mt={3} aria-label={`Remove ${key}`} onClick={() => onChange(Object.fromEntries(entries.filter((_, at) => at !== index)))}>
              <X size={14} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      <Button size="xs" variant="default" leftSection={<Plus size={13} aria-hidden />} style={{ alignSelf: "flex-start" }} onClick={() => onChange({ ...value, [free()]: "" })}>
        Add a value
      </Button>
    </div>
  );
}

import { Alert, NativeSelect } from "@mantine/core";
import { PenLine } from "lucide-react";
import { countText } from "../shared/format.ts";
import type { Again } from "./happens-again.ts";
import classes from "./RunDialogs.module.css";

const choices = ["repeat", "simulate", "skip"] as const;
type Choice = (typeof choices)[number];
/** What becomes of each step that would happen again, as far as somebody chose. */
export type Chosen = { readonly [step: string]: Choice };

const words: { readonly [Each in Choice]: string } = { repeat: "Do it again", simulate: "Use its recorded output", skip: "Skip it" };
const isChoice = (value: string): value is Choice => (choices as readonly string[]).includes(value);

interface AgainChoicesProps {
  readonly again: readonly Again[];
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

/** Every change in other systems that a re-run would make once more, each to be repeated, answered as recorded, or skipped. */
export function AgainChoices({ again, chosen, onChoose }: AgainChoicesProps) {
  const all = (choice: Choice) => onChoose(Object.fromEntries(again.map(({ id, recorded }) => [id, choice === "simulate" && !recorded ? "skip" : choice])));
  return (
    <Alert color="yellow" title={`${countText(again.length, "change")} in other systems would happen again`}>
      <p>Choose for each. What is skipped or answered as recorded sends nothing, and the trace says so.</p>
      <ul className={classes.again}>
        {again.map(({ id, name, repeatable, recorded }) => (
          <li key={id}>
            <PenLine size={13} strokeWidth={2} aria-hidden />
            <span className={classes.what}>
              <b>{name}</b>
              <span className="secondary">{repeatable ? "the same request twice does no harm" : "is done a second time if it is repeated"}</span>
            </span>
            <NativeSelect
              size="xs"
              aria-label={`What becomes of ${name}`}
              value={chosen[id] ?? ""}
              onChange={(event) => {
                const { value } = event.currentTarget;
                if (isChoice(value)) onChoose({ ...chosen, [id]: value });
              }}
              data={[
                { value: "", label: "Choose", disabled: true },
                ...choices.map((value) => ({
                  value,
                  label: value === "simulate" && !recorded ? `${words[value]} (there is none)` : words[value],
                  disabled: value === "simulate" && !recorded,
                })),
              ]}
            />
          </li>
        ))}
      </ul>
      {again.length > 1 && (
        <NativeSelect
          size="xs"
          mt="xs"
          aria-label="What becomes of all of them"
          value=""
          onChange={(event) => isChoice(event.currentTarget.value) && all(event.currentTarget.value)}
          data={[
            { value: "", label: "All of them alike" },
            ...choices.map((value) => ({ value, label: value === "simulate" ? `${words[value]}, skip those without` : words[value] })),
          ]}
        />
      )}
    </Alert>
  );
}

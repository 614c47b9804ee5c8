import type { InputField } from "../../library/run-input.ts";
import { type Argument, type CommandCompletion, type CommandOption, completeArguments, none, wordEnd } from "./complete-command.ts";

interface Startable {
  readonly id: string;
  readonly name: string;
}

/** The playbook that a `/run` names, once its name is complete; null before. */
export const playbookNamed = (text: string): string | null => /^\/run\s+([a-z0-9][a-z0-9-]*)\s/.exec(text)?.[1] ?? null;

export const isRunCommand = (text: string): boolean => /^\/run(?:\s|$)/.test(text);

/** What can come at the caret of a `/run`: the word itself, a playbook, one of its inputs, or an input's value. `inputs` is null until they are known. */
export function completeRun(
  text: string,
  caret: number,
  playbooks: readonly Startable[],
  inputs: readonly InputField[] | null,
  values: ReadonlyMap<string, string>,
  today: string,
): CommandCompletion {
  if (!isRunCommand(text))
    return "/run".startsWith(text) && text !== ""
      ? { ...none, options: [{ insert: "/run ", label: "/run", hint: "Start a playbook on this case", from: 0, to: text.length }] }
      : none;
  const head = /^\/run\s+\S*/.exec(text)?.[0] ?? text;
  if (caret <= head.length) {
    const typed = /\S*$/.exec(head.slice(0, caret))?.[0] ?? "";
    if (typed === "/run") return { ...none, options: [{ insert: "/run ", label: "/run", hint: "Start a playbook on this case", from: 0, to: caret }] };
    return { ...none, options: playbookOptions(typed.toLowerCase(), caret - typed.length, wordEnd(text, caret), playbooks) };
  }
  const playbook = playbooks.find(({ id }) => id === playbookNamed(text));
  if (!playbook) return none;
  return { target: { title: playbook.name, integration: null, changes: false }, ...completeArguments(text, head.length, caret, (inputs ?? []).map(argumentOf), values, today) };
}

const argumentOf = ({ key, type, description, required, default: given }: InputField): Argument => ({
  key,
  title: "",
  description: description ?? "",
  type: type === "any" ? "" : type,
  choices: [],
  required: required === true && given === undefined,
});

function playbookOptions(wanted: string, from: number, to: number, playbooks: readonly Startable[]): readonly CommandOption[] {
  return playbooks
    .map(({ id, name }) => ({ id, name, rank: id.startsWith(wanted) ? 0 : id.includes(wanted) || name.toLowerCase().includes(wanted) ? 1 : 2 }))
    .filter(({ rank }) => rank < 2)
    .sort((one, other) => one.rank - other.rank || one.id.localeCompare(other.id))
    .slice(0, 50)
    .map(({ id, name }) => ({ insert: `${id} `, label: id, hint: name, from, to }));
}

import type { Json } from "@drawbridge/playbook";

interface CommandAction {
  readonly name: string;
  readonly integration: string;
  readonly title: string;
  readonly summary: string;
  readonly effect: "reads" | "changes";
  readonly input: Json;
}

export interface CommandOption {
  /** What stands in the text afterwards, from `from` to `to`. */
  readonly insert: string;
  readonly label: string;
  readonly hint: string;
  readonly from: number;
  readonly to: number;
}

/** What a command would do, as its head says. */
export interface CommandTarget {
  readonly title: string;
  /** Null for a playbook. */
  readonly integration: string | null;
  readonly changes: boolean;
}

export interface CommandCompletion {
  readonly target: CommandTarget | null;
  readonly options: readonly CommandOption[];
  /** Required arguments that are not given yet. */
  readonly missing: readonly string[];
}

export interface Argument {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly choices: readonly string[];
  readonly required: boolean;
}

export const none: CommandCompletion = { target: null, options: [], missing: [] };

/** An action's full name: integrations name their actions with or without their own id before it. */
const fullName = ({ name, integration }: CommandAction) => (name.startsWith(`${integration}.`) ? name : `${integration}.${name}`);

/** Puts quotes around what the command line would otherwise take apart. */
export const quoted = (value: string) => (/^[^\s"']+$/.test(value) ? value : `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`);

/** What can come at the caret of a command: an action, an argument, or an argument's value. `values` are the case's facts by name. */
export function completeCommand(text: string, caret: number, actions: readonly CommandAction[], values: ReadonlyMap<string, string>, today: string): CommandCompletion {
  if (!text.startsWith("!")) return none;
  const head = /^!\S*/.exec(text)?.[0] ?? "!";
  if (caret <= head.length) return { ...none, options: actionOptions(head.slice(1, caret), head.length, actions) };
  const action = actions.find((each) => fullName(each) === head.slice(1)) ?? null;
  if (!action) return none;
  const target = { title: action.title, integration: action.integration, changes: action.effect === "changes" };
  return { target, ...completeArguments(text, head.length, caret, argumentsOf(action.input), values, today) };
}

/** What can come at the caret among a command's `name=value` pairs, which begin at `from`. */
export function completeArguments(
  text: string,
  from: number,
  caret: number,
  known: readonly Argument[],
  values: ReadonlyMap<string, string>,
  today: string,
): Pick<CommandCompletion, "options" | "missing"> {
  const given = new Set([...text.slice(from).matchAll(/(?:^|\s)([\w-]+)=/g)].map((match) => match[1] ?? ""));
  const missing = known.filter(({ key, required }) => required && !given.has(key)).map(({ key }) => key);
  const before = text.slice(from, caret);
  const value = /(?:^|\s)([\w-]+)=("[^"]*|'[^']*|\S*)$/.exec(before);
  if (value) {
    const argument = known.find(({ key }) => key === value[1]);
    const typed = (value[2] ?? "").replace(/^["']/, "");
    return { missing, options: argument ? valueOptions(argument, typed, caret - (value[2] ?? "").length, wordEnd(text, caret), values, today) : [] };
  }
  const word = /(?:^|\s)(\S*)$/.exec(before)?.[1] ?? "";
  const options = known
    .filter(({ key }) => !given.has(key) && key.toLowerCase().startsWith(word.toLowerCase()))
    .sort((one, other) => Number(other.required) - Number(one.required))
    .map(({ key, title, description, type, required }) => ({
      insert: `${key}=`,
      label: `${key}=`,
      hint: [required ? "" : "optional", type, description || title].filter(Boolean).join(", "),
      from: caret - word.length,
      to: wordEnd(text, caret),
    }));
  return { missing, options };
}

function actionOptions(typed: string, end: number, actions: readonly CommandAction[]): readonly CommandOption[] {
  const wanted = typed.toLowerCase();
  return actions
    .map((action) => ({ action, name: fullName(action), rank: rankOf(wanted, fullName(action), action.title) }))
    .filter(({ rank }) => rank < 3)
    .sort((one, other) => one.rank - other.rank || one.name.localeCompare(other.name))
    .slice(0, 50)
    .map(({ action, name }) => ({ insert: `!${name} `, label: name, hint: action.title, from: 0, to: end }));
}

function rankOf(wanted: string, name: string, title: string): number {
  if (name.startsWith(wanted)) return 0;
  if (name.slice(name.indexOf(".") + 1).startsWith(wanted)) return 1;
  return name.includes(wanted) || title.toLowerCase().includes(wanted) ? 2 : 3;
}

function valueOptions({ key, type, choices }: Argument, typed: string, from: number, to: number, values: ReadonlyMap<string, string>, today: string): readonly CommandOption[] {
  const found: { value: string; hint: string }[] = [
    ...choices.map((value) => ({ value, hint: "" })),
    ...(type === "boolean"
      ? [
          { value: "true", hint: "" },
          { value: "false", hint: "" },
        ]
      : []),
    ...factsFor(key).flatMap((fact) => {
      const value = values.get(fact);
      return value === undefined ? [] : [{ value, hint: "from this case" }];
    }),
    ...(isDate(key) ? [{ value: today, hint: "today" }] : []),
  ];
  const unique = found.filter((each, index) => found.findIndex((other) => other.value === each.value) === index);
  return unique
    .filter(({ value }) => value.toLowerCase().startsWith(typed.toLowerCase()) && value !== typed)
    .map(({ value, hint }) => ({ insert: `${quoted(value)} `, label: value, hint, from, to }));
}

const isDate = (key: string) => /date|departure|until|since|lastday/i.test(key);

/** Which facts of a case an argument of this name most likely wants. */
function factsFor(key: string): readonly string[] {
  const name = key.toLowerCase();
  if (isDate(name)) return ["lastDay"];
  if (name.includes("manager")) return ["managerEmail", "manager"];
  if (name.includes("email") || name === "to" || name === "actor") return ["employeeEmail", "managerEmail"];
  if (name.includes("user") || name.includes("person")) return ["employeeEmail", "username"];
  if (name.includes("endpoint")) return ["endpointId", "endpointName"];
  if (name.includes("device")) return ["deviceUid"];
  if (name.includes("host")) return ["hostname"];
  if (name === "ip" || name.startsWith("ip")) return ["ip"];
  if (name.includes("alert")) return ["alertId"];
  if (name === "case" || name === "caseid") return ["caseId"];
  return [];
}

export function wordEnd(text: string, caret: number): number {
  const rest = /^\S*/.exec(text.slice(caret))?.[0] ?? "";
  return caret + rest.length;
}

function argumentsOf(schema: Json): readonly Argument[] {
  const { properties, required } = (isObject(schema) ? schema : {}) as { properties?: Json; required?: Json };
  if (!isObject(properties ?? null)) return [];
  return Object.entries(properties as { readonly [key: string]: Json }).map(([key, property]) => {
    const facts = isObject(property) ? property : {};
    const { title, description, type, enum: choices } = facts as { title?: Json; description?: Json; type?: Json; enum?: Json };
    return {
      key,
      title: typeof title === "string" ? title : "",
      description: typeof description === "string" ? description : "",
      type: typeof type === "string" ? type : "",
      choices: Array.isArray(choices) ? choices.map(String) : [],
      required: Array.isArray(required) && (required as readonly Json[]).includes(key) && facts["default"] === undefined,
    };
  });
}

const isObject = (value: Json): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);

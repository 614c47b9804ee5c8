/** Which runs a backtest goes through. */
export type ChosenRuns = { readonly last: number } | { readonly since: string; readonly until: string };

export const runChoices = [
  { value: "last-20", label: "Last 20 runs" },
  { value: "last-50", label: "Last 50 runs" },
  { value: "last-200", label: "Last 200 runs" },
  { value: "last-1000", label: "Last 1,000 runs" },
  { value: "days-1", label: "Last 24 hours" },
  { value: "days-7", label: "Last 7 days" },
  { value: "days-30", label: "Last 30 days" },
  { value: "span", label: "From … until …" },
] as const;
export type RunChoice = (typeof runChoices)[number]["value"];

const day = 86_400_000;

/** The choice at `now`, epoch ms; null while a span lacks an end or ends before it begins. `from` and `to` are what a date-and-time field holds. */
export function chosenRuns(choice: RunChoice, now: number, from: string, to: string): ChosenRuns | null {
  const [how, number] = choice.split("-");
  if (how === "last") return { last: Number(number) };
  if (how === "days") return { since: new Date(now - Number(number) * day).toISOString(), until: new Date(now).toISOString() };
  const [since, until] = [Date.parse(from), Date.parse(to)];
  return since < until ? { since: new Date(since).toISOString(), until: new Date(until).toISOString() } : null;
}

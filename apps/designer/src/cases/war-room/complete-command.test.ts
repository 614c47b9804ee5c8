import { describe, expect, it } from "vitest";
import { completeCommand } from "./complete-command.ts";

const actions = [
  {
    name: "add-departing-employee",
    integration: "code42",
    title: "Add departing employee",
    summary: "",
    effect: "changes" as const,
    input: {
      type: "object",
      properties: { user: { type: "string" }, departureDate: { type: "string" }, note: { type: "string" }, risk: { type: "string", enum: ["low", "high"] } },
      required: ["user"],
    },
  },
  { name: "get-user", integration: "active-directory", title: "Look up a user", summary: "", effect: "reads" as const, input: { type: "object", properties: {} } },
];
const values = new Map([
  ["employeeEmail", "john.anderson@qrst.example"],
  ["lastDay", "2026-11-30"],
]);
const at = (text: string) => completeCommand(text, text.length, actions, values, "2026-11-24");
const apply = (text: string, index = 0) => {
  const option = at(text).options[index];
  return option ? text.slice(0, option.from) + option.insert + text.slice(option.to) : null;
};

describe("completing a command", () => {
  it("offers every action after the exclamation mark", () => {
    expect(at("!").options.map((option) => option.label)).toEqual(["active-directory.get-user", "code42.add-departing-employee"]);
  });

  it("finds an action by its own name without the integration", () => {
    expect(apply("!add-dep")).toBe("!code42.add-departing-employee ");
  });

  it("offers arguments that are not given yet, required ones first", () => {
    expect(at("!code42.add-departing-employee ").options.map((option) => option.label)).toEqual(["user=", "departureDate=", "note=", "risk="]);
    expect(at("!code42.add-departing-employee user=a ").options.map((option) => option.label)).toEqual(["departureDate=", "note=", "risk="]);
  });

  it("tells which required arguments are missing", () => {
    expect(at("!code42.add-departing-employee note=x ").missing).toEqual(["user"]);
    expect(at("!code42.add-departing-employee user=x ").missing).toEqual([]);
  });

  it("fills a person from the case's facts", () => {
    expect(apply("!code42.add-departing-employee user=jo")).toBe("!code42.add-departing-employee user=john.anderson@qrst.example ");
  });

  it("offers the last day and today for a date", () => {
    expect(at("!code42.add-departing-employee departureDate=").options.map(({ label, hint }) => [label, hint])).toEqual([
      ["2026-11-30", "from this case"],
      ["2026-11-24", "today"],
    ]);
  });

  it("offers the values of a closed list", () => {
    expect(at("!code42.add-departing-employee risk=h").options.map((option) => option.label)).toEqual(["high"]);
  });

  it("offers nothing in a plain note", () => {
    expect(at("look at !code42").options).toEqual([]);
  });
});

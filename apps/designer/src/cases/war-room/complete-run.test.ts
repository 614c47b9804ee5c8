import { describe, expect, it } from "vitest";
import type { InputField } from "../../library/run-input.ts";
import { completeRun, isRunCommand, playbookNamed } from "./complete-run.ts";

const playbooks = [
  { id: "triage", name: "Triage an alert" },
  { id: "offboard", name: "Offboard an employee" },
];
const inputs: readonly InputField[] = [
  { key: "note", type: "string" },
  { key: "email", type: "string", required: true },
  { key: "sure", type: "boolean", required: true, default: false },
];
const values = new Map([["employeeEmail", "john.anderson@qrst.example"]]);
const at = (text: string) => completeRun(text, text.length, playbooks, inputs, values, "2026-11-24");
const labels = (text: string) => at(text).options.map((option) => option.label);

describe("completing a /run", () => {
  it("offers the word, then the playbooks by id and name", () => {
    expect(labels("/")).toEqual(["/run"]);
    expect(labels("/run")).toEqual(["/run"]);
    expect(labels("/run ")).toEqual(["offboard", "triage"]);
    expect(labels("/run employee")).toEqual(["offboard"]);
    const [option] = at("/run tri").options;
    expect(option && "/run tri".slice(0, option.from) + option.insert).toBe("/run triage ");
  });

  it("offers the playbook's inputs, required ones first, and their values from the case", () => {
    expect(at("/run triage ").target?.title).toBe("Triage an alert");
    expect(labels("/run triage ")).toEqual(["email=", "note=", "sure="]);
    expect(at("/run triage note=x ").missing).toEqual(["email"]);
    expect(labels("/run triage email=jo")).toEqual(["john.anderson@qrst.example"]);
    expect(labels("/run triage sure=")).toEqual(["true", "false"]);
  });

  it("offers nothing in a note that begins with a slash", () => {
    expect([labels("/etc/passwd"), labels("/runs "), isRunCommand("/runs")]).toEqual([[], [], false]);
    expect([playbookNamed("/run tri"), playbookNamed("/run triage ")]).toEqual([null, "triage"]);
  });
});

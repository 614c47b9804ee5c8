import { describe, expect, it } from "vitest";
import { type Candidate, chooseOwner } from "./choose-owner.ts";

const person = (name: string, change: Partial<Candidate> = {}): Candidate => ({ email: `${name}@qrst.com`, name, alertTypes: [], onCall: false, openCases: 0, ...change });
const people = [person("ana", { openCases: 2, onCall: true }), person("tom", { openCases: 1 }), person("priya", { openCases: 5, alertTypes: ["Exposure on an endpoint"] })];
const rule = { among: null, owners: {} } as const;

describe("choosing an owner", () => {
  it("goes by the type of the alert, whatever its case", () => {
    expect(chooseOwner({ ...rule, rule: "by-alert-type" }, "exposure ON an endpoint", people)).toEqual({
      owner: { email: "priya@qrst.com", name: "priya" },
      reason: "owns alerts of the type exposure ON an endpoint",
    });
  });

  it("prefers whom the step names for the type", () => {
    expect(chooseOwner({ ...rule, rule: "by-alert-type", owners: { "Exposure on an endpoint": "TOM@qrst.com" } }, "Exposure on an endpoint", people)?.owner.name).toBe("tom");
  });

  it("falls back to who is on call, then to the least busy", () => {
    expect(chooseOwner({ ...rule, rule: "by-alert-type" }, "Phishing", people)).toMatchObject({ owner: { name: "ana" }, reason: "is on call" });
    expect(chooseOwner({ ...rule, rule: "on-call", among: ["tom@qrst.com", "priya@qrst.com"] }, "Phishing", people)).toMatchObject({
      owner: { name: "tom" },
      reason: "has the fewest open cases",
    });
  });

  it("counts open cases and breaks ties by e-mail", () => {
    expect(chooseOwner({ ...rule, rule: "least-busy" }, "", people)?.owner.name).toBe("tom");
    expect(chooseOwner({ ...rule, rule: "least-busy" }, "", [person("b"), person("a")])?.owner.name).toBe("a");
  });

  it("is nobody when nobody is allowed", () => {
    expect(chooseOwner({ ...rule, rule: "on-call", among: [] }, "", people)).toBeNull();
  });
});

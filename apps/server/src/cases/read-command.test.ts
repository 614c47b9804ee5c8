import { describe, expect, it } from "vitest";
import { isRunCommand, readCommand, readRunCommand } from "./read-command.ts";

const schema = {
  type: "object",
  properties: {
    user: { type: "string" },
    count: { type: "integer" },
    sure: { type: "boolean" },
    tags: { type: "array" },
    data: {},
    maybe: { anyOf: [{ type: "number" }, { type: "null" }] },
  },
};
const read = (text: string) => readCommand(text, (action) => (action === "code42.do-it" ? schema : null));

describe("a war room command", () => {
  it("is read by the action's schema: text stays text, numbers and truths become such", () => {
    expect(read("!code42.do-it user=0042 count=7 sure=true maybe=1.5 tags=a,b")).toEqual({
      action: "code42.do-it",
      input: { user: "0042", count: 7, sure: true, maybe: 1.5, tags: ["a", "b"] },
    });
    expect(read('!code42.do-it user="John \\"J\\" Anderson" data={"a": ["}", 1]} count=2').input).toEqual({ user: 'John "J" Anderson', data: { a: ["}", 1] }, count: 2 });
    expect(read("!code42.do-it").input).toEqual({});
  });

  it.each([
    ["!nothing", "A command looks like"],
    ["!code42.other", "There is no action"],
    ["!code42.do-it wrong=1", "has no argument wrong"],
    ["!code42.do-it user", "is not name=value"],
    ["!code42.do-it data={broken", "must be JSON"],
  ])("%s is refused with a reason", (text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });
});

describe("a /run", () => {
  const run = (text: string) =>
    readRunCommand(text, (playbook) =>
      Promise.resolve(
        playbook === "triage"
          ? [
              { key: "who", type: "string" },
              { key: "count", type: "number" },
              { key: "more", type: "any" },
            ]
          : [],
      ),
    );

  it("is read by the inputs that the playbook declares", async () => {
    expect(await run('/run triage who="Ada L" count=7 more={"a":1}')).toEqual({ playbook: "triage", input: { who: "Ada L", count: 7, more: { a: 1 } } });
    expect(await run("/run other")).toEqual({ playbook: "other", input: {} });
  });

  it.each([
    ["/run", "It looks like /run playbook"],
    ["/run triage where=there", "triage has no argument where; it has who, count, more."],
    ["/run other more={}", "other has no argument more; it has none."],
    ['/run triage who="a\\q"', "not a quoted text"],
  ])("%s is refused with a reason", async (text, reason) => {
    await expect(run(text)).rejects.toThrow(reason);
  });

  it("is told from notes that begin with a slash", () => {
    expect(["/run", "/run triage", "/runs are many", "/etc/passwd was read"].map(isRunCommand)).toEqual([true, true, false, false]);
  });
});

import { describe, expect, it } from "vitest";
import { readCommand } from "./read-command.ts";

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

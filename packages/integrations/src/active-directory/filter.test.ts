import { describe, expect, it } from "vitest";
import { and, equals, escapeValue, filterText, inChainRule, not, or } from "./filter.ts";

describe("filters as text", () => {
  it("escape every value as RFC 4515 says", () => {
    expect(escapeValue("*)(objectClass=*\\\u0000")).toBe("\\2a\\29\\28objectClass=\\2a\\5c\\00");
    expect(filterText(equals("cn", "Zoë (Tmp)"))).toBe("(cn=Zoë \\28Tmp\\29)");
  });

  it("nest", () => {
    expect(filterText(and(equals("a", "1"), or(equals("b", "2"), not({ kind: "present", attribute: "c" }))))).toBe("(&(a=1)(|(b=2)(!(c=*))))");
    expect(filterText({ kind: "substrings", attribute: "cn", initial: "a*", any: ["b"], final: "c" })).toBe("(cn=a\\2a*b*c)");
    expect(filterText({ kind: "extensible", attribute: "member", rule: inChainRule, value: "cn=x", dnAttributes: true })).toBe(`(member:dn:${inChainRule}:=cn=x)`);
    expect(["at-least", "at-most", "approximately"].map((kind) => filterText({ kind: kind as "at-least", attribute: "n", value: "1" }))).toEqual(["(n>=1)", "(n<=1)", "(n~=1)"]);
  });
});

import { describe, expect, it } from "vitest";
import { commonName, dnKey, escapeDnValue, parentKey, parseDn } from "./dn.ts";

describe("distinguished names", () => {
  it("are equal whatever their case, spaces and escapes", () => {
    const keys = ["CN=O'Neil\\, Pat,OU=People,DC=qrst,DC=com", "cn = o'neil\\2C   pat , ou=PEOPLE;dc=QRST,dc=com"].map(dnKey);
    expect(keys[0]).toBe(keys[1]);
    expect(dnKey("CN=Zo\\C3\\AB,DC=com")).toBe(dnKey("cn=ZOË,dc=com"));
    expect(dnKey("cn=a,dc=com")).not.toBe(dnKey("cn=a\\,dc=com"));
  });

  it("are told from what is none", () => {
    expect([dnKey("John"), dnKey("=x"), dnKey("c n=x"), dnKey("cn=a,,dc=b")]).toEqual([null, null, null, null]);
    expect(parseDn(" ")).toEqual([]);
  });

  it("give the entry's own name and the entry above", () => {
    expect(commonName("CN=Anderson\\, John \\+ Co,OU=People,DC=com")).toBe("Anderson, John + Co");
    expect(parentKey(dnKey("CN=a\\,b,OU=People,DC=com") ?? "")).toBe("ou=people,dc=com");
    expect(parentKey("dc=com")).toBeNull();
  });

  it("survive any name that is escaped", () => {
    for (const name of ["a,b", " lead", "trail ", "#x", "a+b=c", 'quo"te', "back\\slash", "<a;b>", "Łódź"]) expect(commonName(`CN=${escapeDnValue(name)},DC=com`), name).toBe(name);
  });
});

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../serve.ts";
import { testDirectory } from "./test-directory.fixture.ts";

const ldapsearch = ["/usr/bin/ldapsearch", "/usr/local/bin/ldapsearch", "/opt/homebrew/opt/openldap/bin/ldapsearch"].find((path) => existsSync(path));
if (ldapsearch === undefined) console.warn("Skipped: OpenLDAP's ldapsearch is not installed (Debian: ldap-utils).");

describe.skipIf(ldapsearch === undefined)("the directory asked by OpenLDAP's ldapsearch", () => {
  let served: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => void (served = await serve(testDirectory)));
  afterAll(() => served.close());

  const run = (...args: readonly string[]) =>
    new Promise<{ code: number; text: string }>((resolve) => {
      execFile(
        ldapsearch ?? "",
        ["-x", "-LLL", "-o", "ldif-wrap=no", "-H", served.settings.url, "-b", "dc=qrst,dc=com", ...args],
        { env: { LDAPNOINIT: "1" } },
        (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : 0, text: stdout + stderr }),
      );
    });
  const bound = (...args: readonly string[]) => run("-D", served.settings.bindDn, "-w", served.settings.password, ...args);

  it("finds a person with the attributes that are asked for", async () => {
    const { code, text } = await bound("(&(objectClass=user)(mail=john.anderson@qrst.com))", "title", "manager");
    expect(code).toBe(0);
    expect(text).toContain("dn: CN=John Anderson,OU=People,dc=qrst,dc=com\ntitle: Vice President, Product\nmanager: CN=Dana Whitfield,OU=People,dc=qrst,dc=com\n");
  });

  it("pages", async () => {
    const { code, text } = await bound("-E", "pr=4/noprompt", "(objectClass=user)", "1.1");
    expect(code).toBe(0);
    expect(text.match(/^dn:/gm)).toHaveLength(testDirectory.users.length + 1);
    expect(text.match(/pagedresults/g)?.length).toBeGreaterThan(1);
  });

  it("says size limit, invalid credentials, no bind and no TLS with their codes", async () => {
    expect((await bound("-z", "2", "(objectClass=user)", "1.1")).code).toBe(4);
    expect(await run("-D", served.settings.bindDn, "-w", "wrong", "(cn=*)")).toMatchObject({ code: 49, text: expect.stringContaining("data 52e") as string });
    expect((await run("(cn=*)")).code).toBe(1);
    expect(await bound("-ZZ", "(cn=*)")).toMatchObject({ text: expect.stringContaining("Error initializing SSL/TLS") as string });
  });

  it("understands extensible and substring filters", async () => {
    expect((await bound("(userAccountControl:1.2.840.113556.1.4.803:=512)", "1.1")).text.match(/^dn:/gm)).toHaveLength(testDirectory.users.length + 1);
    expect((await bound("(cn=J*And*n)", "1.1")).text).toContain("John Anderson");
  });
});

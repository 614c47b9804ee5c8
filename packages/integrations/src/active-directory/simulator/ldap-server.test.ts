import { Client } from "ldapts";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serve } from "../serve.ts";
import { application, context, contextOctets, encode, enumerated, integer, octets, sequence } from "./ber.ts";
import { testDirectory } from "./test-directory.fixture.ts";

let served: Awaited<ReturnType<typeof serve>>;
let client: Client;
beforeEach(async () => {
  served = await serve(testDirectory);
  client = new Client({ url: served.settings.url, timeout: 5_000 });
});
afterEach(async () => {
  await client.unbind();
  await served.close();
});

const signIn = () => client.bind(served.settings.bindDn, served.settings.password);
const names = async (filter: string, options: object = {}) =>
  (await client.search("dc=qrst,dc=com", { scope: "sub", filter, attributes: ["cn"], ...options })).searchEntries.map((entry) => String(entry["cn"])).sort();

const open = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(served.settings.url).port), "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
  });
/** Everything the server says until it closes the connection. */
const untilClosed = async (...chunks: readonly (Uint8Array | string)[]): Promise<Buffer> => {
  const socket = await open();
  const heard: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => heard.push(chunk));
  const closed = new Promise<Buffer>((resolve) => socket.on("close", () => resolve(Buffer.concat(heard))));
  socket.on("error", () => undefined);
  for (const chunk of chunks) socket.write(typeof chunk === "string" ? Buffer.from(chunk, "hex") : chunk);
  return closed;
};

describe("signing in", () => {
  it("takes a distinguished name or a sign-in name with its password", async () => {
    await signIn();
    await client.bind("cn=drawbridge, OU=service accounts, DC=QRST, DC=com", served.settings.password);
    await client.bind("svc-drawbridge@qrst.com", served.settings.password);
  });

  it("refuses wrong passwords, unknown names, people without one, and empty passwords", async () => {
    for (const [name, password] of [
      [served.settings.bindDn, "wrong"],
      ["cn=nobody,dc=qrst,dc=com", "x"],
      ["CN=Leo Park,OU=People,dc=qrst,dc=com", "x"],
    ] as const) {
      await expect(client.bind(name, password)).rejects.toMatchObject({ code: 49, message: expect.stringContaining("data 52e") as string });
    }
    await expect(client.bind(served.settings.bindDn, "")).rejects.toMatchObject({ code: 53 });
  });

  it("refuses an account that is disabled", async () => {
    await signIn();
    const dn = "CN=O'Neil\\, Pat (Tmp) *,OU=People,dc=qrst,dc=com";
    await client.bind(dn, "bridge-and-tower");
    served.simulation.directory.modify(dn, [{ operation: "replace", attribute: "userAccountControl", values: ["514"] }]);
    await expect(client.bind(dn, "bridge-and-tower")).rejects.toMatchObject({ code: 49, message: expect.stringContaining("data 533") as string });
  });

  it("answers nothing but the root to those who did not, nor after a bind that failed", async () => {
    await expect(names("(objectClass=user)")).rejects.toMatchObject({ code: 1, message: expect.stringContaining("successful bind must be completed") as string });
    const root = await client.search("", { scope: "base", filter: "(objectClass=*)" });
    expect(root.searchEntries[0]).toMatchObject({ defaultNamingContext: "dc=qrst,dc=com", supportedControl: "1.2.840.113556.1.4.319" });
    await client.bind("", "");
    await expect(names("(objectClass=user)")).rejects.toMatchObject({ code: 1 });
    await signIn();
    await expect(client.bind(served.settings.bindDn, "wrong")).rejects.toMatchObject({ code: 49 });
    await expect(names("(objectClass=user)")).rejects.toMatchObject({ code: 1 });
  });
});

describe("searching", () => {
  beforeEach(signIn);

  it.each([
    ["equality", "(sAMAccountName=JANDERSON)", ["John Anderson"]],
    ["and, not", "(&(objectClass=user)(department=sales)(!(cn=Mia Torres)))", ["Omar Haddad"]],
    ["or", "(|(cn=Leo Park)(cn=Ivy Stone)(cn=Nobody))", ["Ivy Stone", "Leo Park"]],
    ["presence", "(&(objectClass=user)(!(mail=*))(department=*))", ["Nina Roth"]],
    ["substrings", "(cn=j*hn*ders*n)", ["John Anderson"]],
    ["substrings that would overlap", "(cn=John Anderson*Anderson)", []],
    ["at least", "(&(objectClass=user)(userAccountControl>=513))", []],
    ["at most", "(&(cn=Leo*)(userAccountControl<=512))", ["Leo Park"]],
    ["approximately", "(cn~=leo  PARK)", ["Leo Park"]],
    ["bits, all set", "(&(cn=Leo*)(userAccountControl:1.2.840.113556.1.4.803:=512))", ["Leo Park"]],
    ["bits, not set", "(&(cn=Leo*)(userAccountControl:1.2.840.113556.1.4.803:=514))", []],
    ["bits, one set", "(&(cn=Leo*)(userAccountControl:1.2.840.113556.1.4.804:=514))", ["Leo Park"]],
    ["a name's spelling", "(manager=cn=DANA whitfield, ou=People, DC=qrst,DC=com)", ["John Anderson", "Max Keller", "Nina Roth", "Omar Haddad"]],
    ["a class by its name", "(&(objectCategory=person)(cn=Leo*))", ["Leo Park"]],
    ["a back link", "(memberOf=CN=HR,OU=Groups,dc=qrst,dc=com)", ["Ruth Vega"]],
    ["nested groups", "(memberOf:1.2.840.113556.1.4.1941:=CN=All-Leads,OU=Groups,dc=qrst,dc=com)", ["John Anderson", "Product-Leads"]],
    ["escapes", "(cn=O'Neil, Pat \\28Tmp\\29 \\2a)", ["O'Neil, Pat (Tmp) *"]],
    ["no part of a name as another", "(member=*HR*)", []],
    ["an unknown rule is neither true nor false", "(!(cn:1.2.3.4:=Leo Park))", []],
  ])("knows %s", async (_, filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it("keeps to the scope", async () => {
    const at = (base: string, scope: "base" | "one" | "sub") =>
      client.search(base, { scope, filter: "(objectClass=*)", attributes: ["1.1"] }).then(({ searchEntries }) => searchEntries.length);
    expect(await at("ou=Contractors,dc=qrst,dc=com", "base")).toBe(1);
    expect(await at("ou=Contractors,dc=qrst,dc=com", "sub")).toBe(2);
    expect(await at("ou=Contractors,dc=qrst,dc=com", "one")).toBe(1);
    await expect(at("ou=Nowhere,dc=qrst,dc=com", "sub")).rejects.toMatchObject({ code: 32, message: expect.stringContaining("NO_OBJECT") as string });
    await expect(at("no name", "sub")).rejects.toMatchObject({ code: 34 });
  });

  it("returns the attributes that are asked for", async () => {
    const entry = async (attributes: string[]) => (await client.search("dc=qrst,dc=com", { scope: "sub", filter: "(cn=Leo Park)", attributes })).searchEntries[0];
    expect(await entry(["MAIL", "nothing"])).toEqual({ dn: "CN=Leo Park,OU=People,dc=qrst,dc=com", MAIL: "leo.park@qrst.com", nothing: [] });
    expect(await entry([])).toMatchObject({
      mail: "leo.park@qrst.com",
      objectClass: ["top", "person", "organizationalPerson", "user"],
      memberOf: "CN=VPN-Users,OU=Groups,dc=qrst,dc=com",
    });
    const typesOnly = await client.search("dc=qrst,dc=com", { scope: "sub", filter: "(cn=Leo Park)", attributes: ["mail"], returnAttributeValues: false });
    expect(typesOnly.searchEntries[0]).toEqual({ dn: "CN=Leo Park,OU=People,dc=qrst,dc=com", mail: [] });
  });

  it("pages, and keeps to size limits", async () => {
    const everyone = await names("(objectClass=user)");
    const pages: number[] = [];
    for await (const page of client.searchPaginated("dc=qrst,dc=com", { scope: "sub", filter: "(objectClass=user)", paged: { pageSize: 6 } }))
      pages.push(page.searchEntries.length);
    expect(pages.reduce((sum, size) => sum + size, 0)).toBe(everyone.length);
    expect(pages.slice(0, -1).every((size) => size === 6)).toBe(true);
    expect(await names("(objectClass=user)", { sizeLimit: 3 })).toHaveLength(3);
  });
});

describe("changing", () => {
  beforeEach(signIn);
  const leo = "CN=Leo Park,OU=People,dc=qrst,dc=com";
  const modify = async (operation: "add" | "delete" | "replace", type: string, values: string[]) => {
    const { Attribute, Change } = await import("ldapts");
    return client.modify(leo, new Change({ operation, modification: new Attribute({ type, values }) }));
  };

  it("adds, deletes and replaces values, all or nothing", async () => {
    await modify("add", "description", ["one", "two"]);
    await expect(modify("add", "description", ["ONE"])).rejects.toMatchObject({ code: 20 });
    await modify("delete", "description", ["two"]);
    await expect(modify("delete", "description", ["two"])).rejects.toMatchObject({ code: 16 });
    expect(await client.compare(leo, "description", "one")).toBe(true);
    expect(await client.compare(leo, "description", "two")).toBe(false);
    await modify("replace", "description", []);
    expect(await names("(description=*)")).not.toContain("Leo Park");
    await expect(modify("replace", "userAccountControl", ["many"])).rejects.toMatchObject({ code: 19 });
    await expect(modify("replace", "memberOf", [leo])).rejects.toMatchObject({ code: 53 });
  });

  it("does not make, move or remove entries", async () => {
    await expect(client.del(leo)).rejects.toMatchObject({ code: 53 });
    await expect(client.add("cn=x,dc=qrst,dc=com", { cn: "x" })).rejects.toMatchObject({ code: 53 });
    await expect(client.modifyDN(leo, "cn=y")).rejects.toMatchObject({ code: 53 });
    expect(await names("(cn=Leo Park)")).toEqual(["Leo Park"]);
  });
});

describe("the protocol's edges", () => {
  it("declines StartTLS and what it does not know, and stays there", async () => {
    await expect(client.startTLS()).rejects.toMatchObject({ code: 52 });
    await expect(client.exop("1.3.6.1.4.1.4203.1.11.3")).rejects.toMatchObject({ code: 2 });
    await signIn();
    expect(await names("(cn=Leo Park)")).toEqual(["Leo Park"]);
  });

  it("refuses critical controls that it does not have", async () => {
    const { Control } = await import("ldapts");
    await signIn();
    await expect(client.search("dc=qrst,dc=com", { filter: "(cn=*)" }, new Control("1.2.3.4", { critical: true }))).rejects.toMatchObject({ code: 12 });
    expect((await client.search("dc=qrst,dc=com", { filter: "(cn=Leo Park)" }, new Control("1.2.3.4"))).searchEntries).toHaveLength(1);
  });

  it("tells SASL and old versions that it speaks neither", async () => {
    const unbind = encode(sequence(integer(2), contextOctets(0, "")));
    const sasl = encode(sequence(integer(1), application(0, integer(3), octets("cn=x"), context(3, octets("GSSAPI")))));
    const old = encode(sequence(integer(1), application(0, integer(2), octets("cn=x"), contextOctets(0, "x"))));
    expect((await untilClosed(sasl, unbind)).includes(Buffer.from([0x0a, 1, 7]))).toBe(true);
    expect((await untilClosed(old, unbind)).includes(Buffer.from([0x0a, 1, 2]))).toBe(true);
  });

  it("reads messages that arrive in pieces, several at once, and with long-form lengths", async () => {
    const socket = await open();
    const answers = new Promise<number>((resolve) => {
      let heard = Buffer.alloc(0);
      socket.on("data", (chunk: Buffer) => {
        heard = Buffer.concat([heard, chunk]);
        const count = heard.toString("latin1").split("\x0a\x01\x31").length - 1;
        if (count === 3) resolve(count);
      });
    });
    const bind = Buffer.from(encode(sequence(integer(1), application(0, integer(3), octets("cn=x"), contextOctets(0, "wrong")))));
    const longForm = Buffer.concat([Buffer.from([0x30, 0x84, 0, 0, 0, bind.length - 2]), bind.subarray(2)]);
    for (const byte of bind) socket.write(Buffer.of(byte));
    socket.write(Buffer.concat([bind, longForm]));
    expect(await answers).toBe(3);
    socket.destroy();
  });

  it("drops a connection that talks nonsense, and no other", async () => {
    await signIn();
    const deep = (levels: number) => {
      let filter = context(7);
      for (let at = 0; at < levels; at += 1) filter = context(2, filter);
      return encode(sequence(integer(1), application(3, octets(""), enumerated(0), enumerated(0), integer(0), integer(0), integer(0), filter, sequence())));
    };
    const nonsense = [
      "ff",
      "485454502f312e310d0a0d0a",
      "3080020101",
      "30850000000001ff",
      "3084ffffffff",
      "3003020101",
      "3005020101ff00",
      "300c02010160070201030404636e3d",
      "300602010163010a",
      Buffer.from(deep(500)),
      Buffer.from(encode(sequence(octets("id"), application(2)))),
      Buffer.concat([Buffer.from([0x30, 0x83, 0x10, 0, 0]), Buffer.alloc(70_000, 0x30)]),
    ];
    for (const bytes of nonsense) await untilClosed(bytes, "ffffffffffff");
    expect(await names("(cn=Leo Park)")).toEqual(["Leo Park"]);
  });

  it("tells a client that sends an unknown operation why it hangs up", async () => {
    const notice = await untilClosed(encode(sequence(integer(7), application(30))));
    expect(notice.toString("latin1")).toContain("1.3.6.1.4.1.1466.20036");
  });
});

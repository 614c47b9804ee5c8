import { ActionError } from "@drawbridge/integration-kit";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disableUser } from "./actions/disable-user.ts";
import { getGroups } from "./actions/get-groups.ts";
import { getManager } from "./actions/get-manager.ts";
import { getUser } from "./actions/get-user.ts";
import type { DirectoryClient } from "./directory-client.ts";
import { activeDirectoryWire } from "./wire.ts";

const slapd = ["/usr/sbin/slapd", "/usr/local/libexec/slapd"].find((path) => existsSync(path));
const schemas = ["/etc/ldap/schema", "/etc/openldap/schema"].find((path) => existsSync(join(path, "inetorgperson.schema")));
const missing = slapd === undefined ? "slapd is not installed (Debian: slapd)" : schemas === undefined ? "OpenLDAP's schemas are not installed (Debian: slapd)" : null;
if (missing !== null) console.warn(`Skipped: ${missing}.`);

/** The few words of Active Directory that are asked for, with the matching rules that OpenLDAP's own msuser.schema leaves out. */
const oid = "1.3.6.1.4.1.4203.666.17";
const text = "EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15";
const schema = [
  ...["sAMAccountName", "userPrincipalName", "proxyAddresses", "department"].map((name, at) => `attributetype ( ${oid}.1.${at + 1} NAME '${name}' ${text} )`),
  `attributetype ( ${oid}.1.9 NAME 'userAccountControl' EQUALITY integerMatch ORDERING integerOrderingMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )`,
  `objectclass ( ${oid}.2.1 NAME 'user' SUP organizationalPerson STRUCTURAL MAY ( sAMAccountName $ userPrincipalName $ proxyAddresses $ department $ userAccountControl $ mail $ manager $ displayName ) )`,
  `objectclass ( ${oid}.2.2 NAME 'computer' SUP user STRUCTURAL )`,
  `objectclass ( ${oid}.2.3 NAME 'group' SUP top STRUCTURAL MUST cn MAY ( member $ description ) )`,
];

const baseDn = "dc=qrst,dc=com";
const bindDn = `cn=reader,${baseDn}`;
const person = (name: string, attributes: { readonly [key: string]: string | undefined }) =>
  [
    `dn: cn=${name},ou=people,${baseDn}`,
    "objectClass: user",
    `cn: ${name}`,
    `sn: ${name.split(" ").at(-1) ?? name}`,
    ...Object.entries(attributes).map(([key, value]) => `${key}: ${value ?? ""}`),
    "",
  ].join("\n");
const ldif = [
  `dn: ${baseDn}\nobjectClass: domain\ndc: qrst\n`,
  `dn: ou=people,${baseDn}\nobjectClass: organizationalUnit\nou: people\n`,
  person("Dana Whitfield", { sAMAccountName: "dwhitfield", mail: "dana.whitfield@qrst.com", userAccountControl: "512" }),
  person("John Anderson", {
    sAMAccountName: "janderson",
    mail: "john.anderson@qrst.com",
    title: "Vice President, Product",
    department: "Product",
    manager: `cn=Dana Whitfield,ou=people,${baseDn}`,
    userAccountControl: "512",
  }),
  person("Pat (Tmp) *", { sAMAccountName: "ptmp", mail: "pat@qrst.com" }),
  `dn: cn=Executives,${baseDn}\nobjectClass: group\ncn: Executives\nmember: cn=John Anderson,ou=people,${baseDn}\n`,
  ...Array.from({ length: 25 }, (_, at) => person(`Guest ${at}`, { sAMAccountName: `guest${at}`, mail: `guest${at}@qrst.com` })),
].join("\n");

describe.skipIf(missing !== null)("the wire to OpenLDAP's slapd", () => {
  let server: ChildProcess;
  let client: DirectoryClient;
  let folder: string;
  const host = { allowPrivateNetwork: true, log: () => undefined, now: () => 0, service: () => null };
  const context = () => ({ client, idempotencyKey: "k", signal: new AbortController().signal, log: () => undefined, now: () => 0, run: null, caseId: null, actor: "test" });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "drawbridge-slapd-"));
    mkdirSync(join(folder, "data"));
    const config = join(folder, "slapd.conf");
    writeFileSync(
      config,
      [
        ...["core", "cosine", "inetorgperson"].map((name) => `include ${join(schemas ?? "", `${name}.schema`)}`),
        ...schema,
        ...["/usr/lib/ldap", "/usr/lib/openldap"]
          .filter((path) => existsSync(join(path, "back_mdb.la")) || existsSync(join(path, "back_mdb.so")))
          .flatMap((path) => [`modulepath ${path}`, "moduleload back_mdb"]),
        `pidfile ${join(folder, "slapd.pid")}`,
        "database mdb",
        `suffix "${baseDn}"`,
        `rootdn "${bindDn}"`,
        "rootpw directory-reader",
        `directory ${join(folder, "data")}`,
        "",
      ].join("\n"),
    );
    writeFileSync(join(folder, "people.ldif"), ldif);
    const loaded = spawnSync(slapd ?? "", ["-Tadd", "-f", config, "-l", join(folder, "people.ldif")], { encoding: "utf8" });
    if (loaded.status !== 0) throw new Error(`slapd could not load the people: ${loaded.stderr}`);
    const port = await freePort();
    server = spawn(slapd ?? "", ["-f", config, "-h", `ldap://127.0.0.1:${port}`, "-d", "0"], { stdio: "ignore" });
    await answers(port);
    client = await activeDirectoryWire.connect(
      { url: `ldap://127.0.0.1:${port}`, bindDn, password: "directory-reader", baseDn, startTls: false, pageSize: 10, timeoutSeconds: 10, allowPrivateNetwork: true },
      host,
    );
  });

  afterAll(async () => {
    if (client !== undefined) await activeDirectoryWire.close?.(client as never);
    if (server !== undefined && server.exitCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it("looks up a person, the manager and the groups", async () => {
    expect(await getUser.run({ email: "john.anderson@qrst.com" }, context())).toMatchObject({
      dn: `cn=John Anderson,ou=people,${baseDn}`,
      username: "janderson",
      title: "Vice President, Product",
      department: "Product",
      enabled: true,
    });
    expect(await getManager.run({ username: "janderson" }, context())).toMatchObject({ email: "dana.whitfield@qrst.com" });
    expect(await getGroups.run({ username: "janderson", nested: false }, context())).toMatchObject({ names: ["Executives"] });
  });

  it("takes every character of a name literally", async () => {
    expect(await getUser.run({ name: "Pat (Tmp) *" }, context())).toMatchObject({ username: "ptmp" });
    const failure: unknown = await getUser.run({ email: "*)(objectClass=*" }, context()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ActionError);
    expect(failure).toMatchObject({ code: "not-found" });
  });

  it("reads all pages", async () => {
    const found = await client.search(
      { scope: "sub", filter: { kind: "substrings", attribute: "sAMAccountName", initial: "guest", any: [] }, attributes: ["cn"], limit: 1000 },
      new AbortController().signal,
    );
    expect(new Set(found.map(({ dn }) => dn)).size).toBe(25);
  });

  it("disables an account", async () => {
    expect(await disableUser.run({ username: "dwhitfield" }, context())).toMatchObject({ enabled: false, changed: true });
    expect(await getUser.run({ username: "dwhitfield" }, context())).toMatchObject({ enabled: false });
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("No port."))));
    });
  });
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("slapd did not answer.");
}

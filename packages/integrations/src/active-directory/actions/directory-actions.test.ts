import { ActionError, type Simulation } from "@drawbridge/integration-kit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DirectoryClient } from "../directory-client.ts";
import { serve } from "../serve.ts";
import { simulateDirectory } from "../simulator/simulate-directory.ts";
import { testDirectory } from "../simulator/test-directory.fixture.ts";
import { activeDirectoryWire } from "../wire.ts";
import { disableUser } from "./disable-user.ts";
import { enableUser } from "./enable-user.ts";
import { getGroups } from "./get-groups.ts";
import { getManager } from "./get-manager.ts";
import { getUser } from "./get-user.ts";

const host = { allowPrivateNetwork: true, log: () => undefined, now: () => 0, service: () => null };
const context = (client: DirectoryClient) => ({
  client,
  idempotencyKey: "run-1/step/1",
  signal: new AbortController().signal,
  log: () => undefined,
  now: () => 0,
  run: null,
  caseId: null,
  actor: "test",
});
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: unknown) => (error instanceof ActionError ? error.code : error),
  );

interface Place {
  readonly client: DirectoryClient;
  readonly simulation: Simulation<DirectoryClient>;
  readonly close: () => Promise<void>;
}

const places: { readonly [name: string]: () => Promise<Place> } = {
  "in memory": async () => {
    const simulation = simulateDirectory(testDirectory, () => 0);
    return { client: simulation.client(), simulation, close: async () => undefined };
  },
  "over LDAP": async () => {
    const served = await serve(testDirectory, { clock: () => 0 });
    const client = await activeDirectoryWire.connect({ ...served.settings, timeoutSeconds: 5 }, host);
    return {
      client,
      simulation: served.simulation,
      close: async () => {
        await activeDirectoryWire.close?.(client);
        await served.close();
      },
    };
  },
};

describe.each(Object.entries(places))("directory actions %s", (_, open) => {
  let place: Place;
  beforeAll(async () => void (place = await open()));
  afterAll(() => place.close());

  it("finds a person by e-mail, username, name and distinguished name", async () => {
    const john = await getUser.run({ email: "John.Anderson@QRST.com" }, context(place.client));
    expect(getUser.output.parse(john)).toEqual(john);
    expect(john).toMatchObject({
      dn: "CN=John Anderson,OU=People,dc=qrst,dc=com",
      displayName: "John Anderson",
      username: "janderson",
      title: "Vice President, Product",
      department: "Product",
      manager: "CN=Dana Whitfield,OU=People,dc=qrst,dc=com",
      enabled: true,
    });
    expect([...john.groups].sort()).toEqual(["Executives", "Product-Leads", "VPN-Users"]);
    for (const selector of [{ username: "QRST\\janderson" }, { name: "John Anderson" }, { dn: "cn=john anderson, ou=people, DC=qrst, DC=com" }]) {
      expect((await getUser.run(selector, context(place.client))).username).toBe("janderson");
    }
  });

  it("takes every character of a name literally", async () => {
    for (const [name, username] of [
      ["O'Neil, Pat (Tmp) *", "poneil"],
      ["Zoë Müller-Łukasz", "zmuller"],
    ] as const) {
      expect((await getUser.run({ name }, context(place.client))).username).toBe(username);
    }
    for (const email of ["*", "*)(objectClass=*", "x)(|(mail=*", "john.anderson@qrst.com)(mail=*", "\\2a", "a\u0000b"]) {
      expect(await codeOf(getUser.run({ email }, context(place.client)))).toBe("not-found");
    }
  });

  it("says when nobody, more than one, or no selector is given", async () => {
    expect(await codeOf(getUser.run({ email: "nobody@qrst.com" }, context(place.client)))).toBe("not-found");
    expect(await codeOf(getUser.run({ dn: "CN=Nobody,OU=People,dc=qrst,dc=com" }, context(place.client)))).toBe("not-found");
    expect(await codeOf(getUser.run({ name: "Sam Lee" }, context(place.client)))).toBe("ambiguous");
    expect(await codeOf(getUser.run({ name: "Sam Lee", username: "slee2" }, context(place.client)))).toBe("no error");
    expect(await codeOf(getUser.run({ email: null, name: " " }, context(place.client)))).toBe("invalid-input");
    expect(await codeOf(getUser.run({ dn: "not a name" }, context(place.client)))).toBe("invalid-input");
  });

  it("finds the manager, one without a mailbox too, and says when there is none", async () => {
    expect(await getManager.run({ email: "john.anderson@qrst.com" }, context(place.client))).toMatchObject({ displayName: "Dana Whitfield", email: "dana.whitfield@qrst.com" });
    expect(await getManager.run({ username: "istone" }, context(place.client))).toMatchObject({ displayName: "Nina Roth", email: null });
    expect(await codeOf(getManager.run({ email: "leo.park@qrst.com" }, context(place.client)))).toBe("not-found");
  });

  it("lists the groups of a person, nested ones when asked", async () => {
    expect((await getGroups.run({ username: "janderson", nested: false }, context(place.client))).names).toEqual(["Executives", "Product-Leads", "VPN-Users"]);
    const nested = await getGroups.run({ username: "janderson", nested: true }, context(place.client));
    expect(nested.names).toEqual(["All-Leads", "Executives", "Product-Leads", "VPN-Users"]);
    expect(nested.groups[0]).toEqual({ dn: "CN=All-Leads,OU=Groups,dc=qrst,dc=com", name: "All-Leads", description: "Everyone who leads people" });
    expect((await getGroups.run({ username: "nroth", nested: true }, context(place.client))).names).toEqual([]);
  });

  it("disables an account once, and enables it again", async () => {
    const before = place.simulation.changes().length;
    expect(await disableUser.run({ username: "mtorres" }, context(place.client))).toMatchObject({ enabled: false, changed: true });
    expect(await disableUser.run({ username: "mtorres" }, context(place.client))).toMatchObject({ enabled: false, changed: false });
    expect(await getUser.run({ username: "mtorres" }, context(place.client))).toMatchObject({ enabled: false });
    expect(await enableUser.run({ username: "mtorres" }, context(place.client))).toMatchObject({ enabled: true, changed: true });
    expect(place.simulation.changes().slice(before)).toEqual([
      { what: "modify CN=Mia Torres,OU=People,dc=qrst,dc=com", at: 0 },
      { what: "modify CN=Mia Torres,OU=People,dc=qrst,dc=com", at: 0 },
    ]);
  });

  it("plays faults for the action that they name", async () => {
    place.simulation.fail({ operation: "get-manager", times: 1 });
    expect(await codeOf(getUser.run({ username: "janderson" }, context(place.client)))).toBe("no error");
    expect(await codeOf(getManager.run({ username: "janderson" }, context(place.client)))).toBe("unavailable");
    expect(await codeOf(getManager.run({ username: "janderson" }, context(place.client)))).toBe("no error");
  });
});

describe("directory over LDAP", () => {
  let served: Awaited<ReturnType<typeof serve>>;
  beforeEach(async () => {
    served = await serve({ ...testDirectory, users: [...testDirectory.users, ...Array.from({ length: 57 }, (_, at) => ({ name: `Guest ${at}`, username: `guest${at}` }))] });
    return () => served.close();
  });
  const search = { scope: "sub", filter: { kind: "substrings", attribute: "sAMAccountName", initial: "guest", any: [] }, attributes: ["cn"], limit: 1000 } as const;
  const live = new AbortController().signal;

  it("reads all pages, and no more than the limit", async () => {
    const client = await activeDirectoryWire.connect({ ...served.settings, pageSize: 10 }, host);
    expect(new Set((await client.search(search, live)).map((entry) => entry.dn)).size).toBe(57);
    expect(await client.search({ ...search, limit: 25 }, live)).toHaveLength(25);
    await activeDirectoryWire.close?.(client);
  });

  it("says which part of the connection is wrong", async () => {
    const attempt = async (change: Partial<typeof served.settings>, allowPrivateNetwork = true) => {
      const client = await activeDirectoryWire.connect({ ...served.settings, ...change }, { ...host, allowPrivateNetwork });
      return codeOf(activeDirectoryWire.test(client, live));
    };
    expect(await attempt({})).toBe("no error");
    expect(await attempt({ password: "wrong" })).toBe("authentication-failed");
    expect(await attempt({ bindDn: "cn=nobody,dc=qrst,dc=com" })).toBe("authentication-failed");
    expect(await attempt({ baseDn: "dc=elsewhere,dc=com" })).toBe("not-found");
    expect(await attempt({ startTls: true })).toBe("unavailable");
    expect(await attempt({}, false)).toBe("egress-refused");
    expect(await attempt({ url: served.settings.url.replace("127.0.0.1", "localhost") }, false)).toBe("egress-refused");
    const { url } = served.settings;
    await served.close();
    expect(await attempt({ url })).toBe("connection-refused");
  });

  it("connects again when the directory closed the kept connection", async () => {
    const client = await activeDirectoryWire.connect(served.settings, host);
    expect(await client.search({ ...search, limit: 1 }, live)).toHaveLength(1);
    const port = Number(new URL(served.settings.url).port);
    await served.close();
    served = await serve(testDirectory, { port });
    expect((await getUser.run({ username: "lpark" }, context(client))).displayName).toBe("Leo Park");
    await activeDirectoryWire.close?.(client);
  });

  it("gives up after the time limit, and at once when cancelled", async () => {
    const client = await activeDirectoryWire.connect({ ...served.settings, timeoutSeconds: 0.05 }, host);
    served.simulation.fail({ operation: "*", times: 2, code: "timed-out" });
    expect(await codeOf(client.search(search, live))).toBe("timed-out");
    const patient = await activeDirectoryWire.connect(served.settings, host);
    const stop = new AbortController();
    const pending = codeOf(patient.search(search, stop.signal));
    stop.abort();
    expect(await pending).toBe("cancelled");
    await activeDirectoryWire.close?.(patient);
  });
});

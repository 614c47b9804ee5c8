import { ActionError } from "@drawbridge/integration-kit";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { guardedConnect } from "./guarded-connect.ts";
import { isPrivateAddress } from "./private-address.ts";

describe("the egress guard for sockets", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
  ])("knows %s as not public", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(["1.1.1.1", "172.32.0.1", "192.167.0.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])("knows %s as public", (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  it("refuses addresses and names that lead inside, and lets them through when allowed", async () => {
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(() => guardedConnect({ host: "127.0.0.1", port, allowPrivateNetwork: false })).toThrow(ActionError);
    expect(() => guardedConnect({ host: "[::1]", port, allowPrivateNetwork: false })).toThrow(ActionError);
    const named = guardedConnect({ host: "localhost", port, allowPrivateNetwork: false });
    expect(await new Promise((resolve) => named.once("error", resolve))).toMatchObject({ code: "egress-refused" });
    const allowed = guardedConnect({ host: "127.0.0.1", port, allowPrivateNetwork: true });
    await new Promise((resolve) => allowed.once("connect", resolve));
    allowed.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CuttingProxy } from "../testing/cutting-proxy.ts";
import { postgresServer } from "../testing/fresh-postgres.ts";
import { type OpenSession, Session } from "./session.ts";

describe.skipIf(postgresServer === undefined)("the session of a process, on PostgreSQL (DRAWBRIDGE_TEST_DATABASE_URL)", () => {
  let proxy: CuttingProxy;
  let url: string;
  beforeAll(async () => {
    proxy = new CuttingProxy(postgresServer ?? "");
    url = await proxy.open();
  });
  afterAll(() => proxy.close());

  /** Notes what is said of the session; `opening` is done with each that opens. */
  function watched(opening: (session: OpenSession, nth: number) => Promise<void>) {
    const said: string[] = [];
    let stands = (): void => undefined;
    const standing = new Promise<void>((resolve) => (stands = resolve));
    const session = new Session(url, {
      opened: async (open) => {
        said.push("opened");
        await opening(open, said.filter((each) => each === "opened").length);
        said.push("stands");
        stands();
      },
      lost: () => void said.push("lost"),
      heard: () => undefined,
      problem: () => undefined,
    });
    return { session, said, standing };
  }

  it("is one at a time, also when it is lost while it is being opened", async () => {
    const { session, said, standing } = watched(async (open, nth) => {
      if (nth === 2) proxy.cut();
      await open.query("select 1");
      if (nth === 1) setImmediate(() => proxy.cut());
      else await sleep(700);
    });
    await session.open();
    while (said.length < 7) await Promise.all([standing, sleep(50)]);
    await session.close();
    expect(said).toEqual(["opened", "stands", "lost", "opened", "lost", "opened", "stands"]);
  });

  it("is lost when what follows its opening fails, so that nobody goes on under its lock", async () => {
    const { session, said } = watched((_open, nth) => (nth === 1 ? Promise.reject(new Error("not now")) : Promise.resolve()));
    await expect(session.open()).rejects.toThrow("not now");
    await session.close();
    expect(said).toEqual(["opened", "lost"]);
  });
});

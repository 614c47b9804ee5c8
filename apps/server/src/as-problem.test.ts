import { EngineError } from "@drawbridge/engine";
import { ActionError } from "@drawbridge/integration-kit";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { asProblem } from "./as-problem.ts";
import { optionsFromEnvironment, settingsOf } from "./options.ts";

describe("what is thrown, as an answer", () => {
  it("says that the store is full when SQLite does", () => {
    const db = new Sqlite(":memory:");
    db.exec("create table t (x)");
    db.pragma("max_page_count = 3");
    const fill = () => {
      for (;;) db.prepare("insert into t values (?)").run("x".repeat(2_000));
    };
    let thrown: unknown;
    try {
      fill();
    } catch (error) {
      thrown = error;
    }
    db.close();
    expect(asProblem(thrown)).toMatchObject({ code: "store-unavailable" });
  });

  it("says that the store is not there when PostgreSQL is not", () => {
    const problem = (message: string, facts: object) => asProblem(Object.assign(new Error(message), facts));
    expect(problem("terminating connection", { code: "57P01", severity: "FATAL" })).toMatchObject({ code: "store-unavailable" });
    expect(problem("connect", { code: "ECONNREFUSED" }).toProblem().status).toBe(503);
    expect(problem("Connection terminated unexpectedly", {})).toMatchObject({ code: "store-unavailable" });
    expect(problem("duplicate key", { code: "23505", severity: "ERROR" })).toMatchObject({ code: "internal-error" });
  });

  it("keeps the code of an engine's or an action's refusal, and tells nothing of what was not foreseen", () => {
    expect(asProblem(new EngineError("queue-full", "Too much."))).toMatchObject({ code: "queue-full", message: "Too much." });
    expect(asProblem(new EngineError("queue-full", "Too much.")).toProblem().status).toBe(429);
    expect(asProblem(new ActionError("not-found", "No such user."))).toMatchObject({ code: "action-failed", message: "No such user." });
    const internal = asProblem(new TypeError("password is hunter2"));
    expect([internal.code, JSON.stringify(internal.toProblem()).includes("hunter2")]).toEqual(["internal-error", false]);
  });
});

describe("the environment", () => {
  it("is refused with the variable's name when a value is not right", () => {
    for (const [name, value] of [
      ["PORT", "many"],
      ["DRAWBRIDGE_POLL_SECONDS", "-1"],
      ["DRAWBRIDGE_MAX_PLAYBOOK_BYTES", "5 MB"],
      ["DRAWBRIDGE_LOG_LEVEL", "loud"],
      ["DRAWBRIDGE_ADMIN_EMAIL", "a@b.c"],
      ["DRAWBRIDGE_ROLE", "boss"],
    ] as const)
      expect(() => optionsFromEnvironment({ [name]: value }), name).toThrow(name);
  });

  it("is refused with a code when the role has no database, or the database is none, and tells nothing of its password", () => {
    const settings = (environment: Record<string, string>) => settingsOf(optionsFromEnvironment(environment));
    expect(() => settings({ DRAWBRIDGE_ROLE: "worker" })).toThrow(expect.objectContaining({ code: "role-needs-database" }) as Error);
    for (const url of ["mysql://user:hunter2@host/db", "user:hunter2@host", "postgres:hunter2"]) {
      expect(() => settings({ DRAWBRIDGE_DATABASE_URL: url }), url).toThrow(
        expect.objectContaining({ code: "invalid-option", message: expect.not.stringContaining("hunter2") as string }) as Error,
      );
    }
    expect(settings({ DRAWBRIDGE_DATABASE_URL: "postgres://user:hunter2@host/db" })).toMatchObject({ role: "all", port: 3000 });
  });
});

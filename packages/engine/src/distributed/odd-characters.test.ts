import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EnginesOnPostgres } from "../testing/engines-on-postgres.ts";
import { postgresServer } from "../testing/fresh-postgres.ts";
import { playbookOf } from "../testing/playbook-of.ts";
import { callerOf, type Service, startService } from "../testing/service.ts";

const odd = "nul \0 and half \ud83d of a pair";

const playbooks = [
  playbookOf(
    "odd",
    ["read"],
    {
      read: { kind: "action", action: "test.read", with: { path: "/odd", text: "{{ input.text }}" }, next: ["sub"] },
      sub: { kind: "call", playbook: "echo", with: { text: "{{ steps.read.output.echo.text }}" }, next: ["ask"] },
      ask: { kind: "ask", prompt: "{{ input.text }}", branches: [{ label: "yes", next: ["done"] }] },
      done: { kind: "end", outcome: odd },
    },
    { inputs: [{ key: "text", type: "string", required: true }], outputs: [{ key: "text", value: "{{ steps.sub.output.text }}" }] },
  ),
  playbookOf("echo", ["done"], { done: { kind: "end", outcome: "echoed" } }, { inputs: [{ key: "text", type: "string" }], outputs: [{ key: "text", value: "{{ input.text }}" }] }),
];

describe.skipIf(postgresServer === undefined)("characters that PostgreSQL does not hold (DRAWBRIDGE_TEST_DATABASE_URL)", () => {
  let service: Service;
  let on: EnginesOnPostgres;
  beforeAll(async () => {
    service = await startService();
    on = new EnginesOnPostgres(callerOf(service.url), playbooks, {}, ["all"]);
    await on.open();
  });
  afterAll(async () => {
    await on.remove();
    await service.close();
  });

  it("go through a run unharmed, and are refused nowhere", async () => {
    const request = { playbook: "odd", input: { text: odd }, trigger: { kind: "manual", by: odd }, case: odd, idempotencyKey: odd } as const;
    const { run } = await on.engine.start(request);
    expect(await on.engine.start(request)).toEqual({ run });
    const opened = await on.seen(run, (event) => event.type === "ask-opened");
    if (opened.type !== "ask-opened") throw new Error("no ask");
    await on.engine.answer(opened.effect, "yes", {}, odd);
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded", outputs: { text: odd } });
    expect(opened.ask).toMatchObject({ prompt: odd });
    await expect(on.engine.signal(odd, "go", null)).rejects.toMatchObject({ code: "unknown-run" });
    await expect(on.engine.ended(odd)).rejects.toMatchObject({ code: "unknown-run" });
    expect(on.problems).toEqual([]);
  });
});

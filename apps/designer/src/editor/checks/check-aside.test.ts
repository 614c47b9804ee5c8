import type { Finding, Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { type Aside, CheckAside } from "./check-aside.ts";
import type { CheckRequest } from "./check-worker.ts";

const playbookOf = (name: string): Playbook => ({ schemaVersion: 1, id: "p", name, start: ["a"], steps: { a: { kind: "section", name: "A", next: ["gone"] } } });
const catalog = {};
const finding = (message: string): Finding => ({ code: "x", severity: "error", message, pointer: "" });

function open() {
  const sent: CheckRequest[] = [];
  const worker: Aside = { postMessage: (message) => void sent.push(message), terminate: () => undefined, onmessage: null, onerror: null };
  const heard: (readonly Finding[])[] = [];
  const aside = new CheckAside(
    () => worker,
    (findings) => heard.push(findings),
  );
  const answer = (findings: readonly Finding[] | null) => worker.onmessage?.(new MessageEvent("message", { data: { findings } }));
  return { sent, heard, aside, answer, fail: () => worker.onerror?.({ message: "gone" } as ErrorEvent) };
}

describe("checking aside", () => {
  it("sends one document at a time, and of those that come meanwhile only the latest", () => {
    const { sent, aside, answer } = open();
    for (const name of ["one", "two", "three"]) aside.check(playbookOf(name), catalog);
    expect(sent.map(({ patch }) => patch?.rest.name)).toEqual(["one"]);
    answer([]);
    expect(sent.map(({ patch }) => patch?.rest.name)).toEqual(["one", "three"]);
  });

  it("sends the catalog only when it is another one", () => {
    const { sent, aside, answer } = open();
    aside.check(playbookOf("one"), catalog);
    answer([]);
    aside.check(playbookOf("two"), catalog);
    expect(sent.map((each) => each.catalog)).toEqual([catalog, undefined]);
  });

  it("says nothing when the same was found again", () => {
    const { heard, aside, answer } = open();
    aside.check(playbookOf("one"), catalog);
    answer([finding("a")]);
    aside.check(playbookOf("two"), catalog);
    answer(null);
    expect(heard).toEqual([[finding("a")]]);
  });

  it("still checks when the worker cannot go on", () => {
    const { heard, aside, fail } = open();
    aside.check(playbookOf("one"), catalog);
    fail();
    expect(heard.at(-1)?.some(({ severity }) => severity === "error")).toBe(true);
  });
});

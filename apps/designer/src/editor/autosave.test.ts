import type { Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { ApiProblem } from "../api/api-problem.ts";
import { Autosave, type SaveState } from "./autosave.ts";
import { keptEdits } from "./kept-edits.ts";

const named = (name: string): Playbook => ({ schemaVersion: 1, id: "p", name, start: [], steps: {} });

function setUp(answers: (Error | string)[]) {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const kept = keptEdits("p", storage);
  const sent: [string, string][] = [];
  const states: SaveState["kind"][] = [];
  const timers: (() => void)[] = [];
  const autosave = new Autosave(
    {
      save: async (playbook, etag) => {
        sent.push([playbook.name, etag]);
        const answer = answers.shift() ?? "end";
        if (answer instanceof Error) throw answer;
        return { etag: answer };
      },
      kept,
      onState: (state) => states.push(state.kind),
      now: () => 7,
      later: (_ms, work) => {
        timers.push(work);
        return () => void timers.splice(timers.indexOf(work), 1);
      },
    },
    "e0",
  );
  return { autosave, kept, sent, states, timers };
}

const problem = (code: string, status: number) => new ApiProblem({ code, status, title: code, detail: code });

describe("Autosave", () => {
  it("sends the last of several changes once, with the tag of what it was made from", async () => {
    const { autosave, sent, kept, states } = setUp(["e1", "e2"]);
    autosave.changed(named("a"));
    autosave.changed(named("b"));
    autosave.keep();
    expect(kept.read()?.playbook.name).toBe("b");
    expect(await autosave.flush()).toBe(true);
    autosave.changed(named("c"));
    await autosave.flush();
    expect(sent).toEqual([
      ["b", "e0"],
      ["c", "e1"],
    ]);
    expect(kept.read()).toBeNull();
    expect(states.at(-1)).toBe("saved");
  });

  it("keeps what is changed while a save is under way, and sends it after", async () => {
    const { autosave, sent } = setUp(["e1", "e2"]);
    autosave.changed(named("a"));
    const saving = autosave.flush();
    autosave.changed(named("b"));
    expect(await saving).toBe(true);
    expect(sent.map(([name]) => name)).toEqual(["a", "b"]);
  });

  it("stops at a stale version and keeps every later change in the browser", async () => {
    const { autosave, sent, kept, states } = setUp([problem("stale-version", 412), "e9"]);
    autosave.changed(named("mine"));
    expect(await autosave.flush()).toBe(false);
    autosave.changed(named("mine still"));
    expect(await autosave.flush()).toBe(false);
    autosave.keep();
    expect(states.at(-1)).toBe("stale");
    expect(kept.read()?.playbook.name).toBe("mine still");
    autosave.resume("e8", named("mine still"));
    expect(await autosave.flush()).toBe(true);
    expect(sent).toEqual([
      ["mine", "e0"],
      ["mine still", "e8"],
    ]);
  });

  it("tries again by itself when the server cannot be reached", async () => {
    const { autosave, timers, states, kept } = setUp([problem("unreachable", 0), "e1"]);
    autosave.changed(named("a"));
    expect(await autosave.flush()).toBe(false);
    expect(states.at(-1)).toBe("failed");
    expect(kept.read()?.playbook.name).toBe("a");
    expect(timers).toHaveLength(1);
    timers[0]?.();
    expect(await autosave.flush()).toBe(true);
    expect(kept.read()).toBeNull();
  });

  it("reads nothing from a storage that holds nonsense", () => {
    expect(keptEdits("p", { getItem: () => "{", setItem: () => undefined, removeItem: () => undefined }).read()).toBeNull();
    expect(keptEdits("p", { getItem: () => '{"playbook":{"id":1}}', setItem: () => undefined, removeItem: () => undefined }).read()).toBeNull();
  });
});

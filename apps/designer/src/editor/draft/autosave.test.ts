import type { Playbook } from "@drawbridge/playbook";
import type { PlaybookDraft } from "@drawbridge/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../api/api-problem.ts";
import { createEditorStore } from "../editor-store.ts";
import { Autosave, type SaveState } from "./autosave.ts";
import { ask, createDraftStore } from "./draft-store.ts";
import { type KeptRow, type KeptRows, rowOf } from "./kept-edits.ts";
import { recoverEdits } from "./recover-edits.ts";

const begin: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  start: ["a"],
  steps: { a: { kind: "section", name: "-", next: ["b"] }, b: { kind: "section", name: "-", next: [] } },
};
type Field = "a" | "b";
const nameOf = (playbook: Playbook, field: Field) => playbook.steps[field]?.name ?? "";
const unreachable = () => new ApiProblem({ code: "unreachable", status: 0, title: "No server", detail: "No server." });

/** A server, a browser that keeps rows, and tabs in it, all on one clock. */
function world() {
  let now = 0;
  let timers: { readonly at: number; readonly work: () => void }[] = [];
  const rows = new Map<string, KeptRow>();
  const kept: KeptRows = {
    put: async (row) => void rows.set(row.tab, row),
    remove: async (_person, _playbook, tab) => void rows.delete(tab),
    list: async () => [...rows.values()],
  };
  const server = {
    up: true,
    losesAnswers: false,
    playbook: begin,
    revision: 1,
    saves: [] as { readonly at: number; readonly playbook: Playbook }[],
    refuses: null as ApiProblem | null,
  };
  const draft = (): PlaybookDraft => ({
    playbook: server.playbook,
    etag: `"${server.revision}"`,
    live: 1,
    base: 1,
    draft: true,
    updatedAt: "2026-11-24T09:00:00.000Z",
    updatedBy: "other@qrst.com",
  });
  const living = new Set<string>();
  const settle = async () => {
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
  };
  const run = async (ms: number) => {
    const end = now + ms;
    for (;;) {
      await settle();
      const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers = timers.filter((each) => each !== next);
      now = Math.max(now, next.at);
      next.work();
    }
    now = end;
  };
  const open = async (tab: string) => {
    living.add(tab);
    const store = createEditorStore(server.playbook, () => now);
    const facts = createDraftStore(draft());
    const states: SaveState["kind"][] = [];
    const alive = <Value>(value: () => Value): Promise<Value> => (living.has(tab) ? Promise.resolve().then(value) : new Promise(() => undefined));
    const owner = { person: "me", playbook: "p", tab };
    const autosave: Autosave = new Autosave(
      {
        save: (playbook, etag) =>
          alive(() => {
            if (!server.up) throw unreachable();
            if (server.refuses) throw server.refuses;
            if (etag !== draft().etag) throw new ApiProblem({ code: "stale-version", status: 412, title: "Stale", detail: "Stale." });
            server.playbook = playbook;
            server.revision += 1;
            server.saves.push({ at: now, playbook });
            if (server.losesAnswers) throw unreachable();
            return draft();
          }),
        read: () =>
          alive(() => {
            if (!server.up) throw unreachable();
            return draft();
          }),
        adopt: (playbook, clean) => store.getState().adopt(playbook, "merge", clean),
        ask: (base, theirs, answer) => ask(facts, { other: "Theirs", told: "", base, theirs: theirs.playbook, answer }),
        onDraft: () => undefined,
        keep: (edits) => alive(() => undefined).then(() => kept.put(rowOf(owner, edits))),
        forget: () => alive(() => undefined).then(() => kept.remove("me", "p", tab)),
        onState: (state) => {
          states.push(state.kind);
          facts.setState({ saved: state });
        },
        now: () => now,
        later: (ms, work) => {
          const timer = { at: now + ms, work: () => living.has(tab) && work() };
          timers.push(timer);
          return () => void (timers = timers.filter((each) => each !== timer));
        },
      },
      draft(),
    );
    store.subscribe((state, before) => {
      if (state.playbook !== before.playbook && !state.clean) autosave.changed(state.playbook);
    });
    const parts = { rows: kept, owner, store, draft: facts, autosave, signal: new AbortController().signal };
    await recoverEdits({ ...parts, whenGone: (other, work) => (living.has(other) ? Promise.resolve() : work()) });
    const type = (field: Field, text: string) => void store.getState().apply([{ type: "rename-step", params: { id: field, name: text } }], { merge: field });
    return { store, facts, autosave, states, type, kill: () => void living.delete(tab) };
  };
  return { server, rows, run, open, now: () => now };
}

describe("Autosave", () => {
  it("saves at least every second while somebody types without a pause", async () => {
    const { server, run, open } = world();
    const { type } = await open("one");
    for (let key = 1; key <= 100; key += 1) {
      type("a", "x".repeat(key));
      await run(50);
    }
    const gaps = server.saves.map(({ at }, index) => at - (server.saves[index - 1]?.at ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000);
    expect(server.saves.length).toBeGreaterThanOrEqual(5);
  });

  it("keeps in the browser what the server cannot be given, says so, and saves it when the server is back", async () => {
    const { server, rows, run, open } = world();
    const { type, states, facts } = await open("one");
    server.up = false;
    type("a", "kept");
    await run(5_000);
    expect(facts.getState().saved).toMatchObject({ kind: "failed", again: true, kept: true });
    expect(JSON.parse(rows.get("one")?.mine ?? "null")).toMatchObject({ steps: { a: { name: "kept" } } });
    server.up = true;
    await run(10_000);
    expect(nameOf(server.playbook, "a")).toBe("kept");
    expect(states.at(-1)).toBe("saved");
    expect(rows.size).toBe(0);
  });

  it("does not try again by itself what the server refuses, but with the next change", async () => {
    const { server, run, open } = world();
    const { type, facts } = await open("one");
    server.refuses = new ApiProblem({ code: "invalid-document", status: 422, title: "No", detail: "No." });
    type("a", "long");
    await run(60_000);
    expect(facts.getState().saved).toMatchObject({ kind: "failed", again: false });
    server.refuses = null;
    type("a", "short");
    await run(1_000);
    expect(nameOf(server.playbook, "a")).toBe("short");
  });

  it("asks about the one place that two tabs changed differently, and sends nothing of it before the answer", async () => {
    const { server, run, open } = world();
    const [one, two] = [await open("one"), await open("two")];
    one.type("a", "first");
    await run(1_000);
    two.type("a", "second");
    two.type("b", "own");
    await run(3_000);
    const [question] = two.facts.getState().questions;
    expect([nameOf(server.playbook, "a"), nameOf(server.playbook, "b")]).toEqual(["first", "-"]);
    expect(two.states.at(-1)).toBe("question");
    question?.answer({ ...two.store.getState().playbook });
    await run(1_000);
    expect([nameOf(server.playbook, "a"), nameOf(server.playbook, "b"), two.states.at(-1)]).toEqual(["second", "own", "saved"]);
    expect(two.facts.getState().questions).toEqual([]);
  });

  it("goes on when the draft moved on while the server could not be reached", async () => {
    const { server, run, open } = world();
    const [one, two] = [await open("one"), await open("two")];
    one.type("a", "first");
    two.type("b", "own");
    await run(400);
    server.up = false;
    await run(100);
    server.up = true;
    one.type("a", "second");
    await run(10_000);
    expect([nameOf(server.playbook, "a"), nameOf(server.playbook, "b")]).toEqual(["second", "own"]);
  });

  it("shows in one tab what another saved, when it is told, and saves nothing for it", async () => {
    const { server, run, open } = world();
    const [one, two] = [await open("one"), await open("two")];
    one.type("a", "seen");
    await run(1_000);
    two.autosave.moved('"2"');
    await run(100);
    expect(nameOf(two.store.getState().playbook, "a")).toBe("seen");
    await run(5_000);
    expect(server.saves).toHaveLength(1);
  });

  it("resolves its end only when all is saved", async () => {
    const { server, run, open } = world();
    const { type, autosave } = await open("one");
    server.up = false;
    type("a", "late");
    let ended = false;
    void autosave.finish().then(() => (ended = true));
    await run(20_000);
    expect(ended).toBe(false);
    server.up = true;
    await run(20_000);
    expect([ended, nameOf(server.playbook, "a")]).toEqual([true, "late"]);
  });
});

const moves = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom("type" as const), field: fc.constantFrom<Field>("a", "b") }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 20, max: 1_500 }) }) },
  { weight: 2, arbitrary: fc.constantFrom({ do: "down" as const }, { do: "up" as const }, { do: "lose answers" as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("kill" as const), field: fc.constantFrom<Field>("a", "b") }) },
);

describe("two tabs of one person, a server that goes and comes, answers that are lost and tabs that are killed", () => {
  it("lose at most the last second of typing, and ask nothing when each edits its own place", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(moves, { minLength: 5, maxLength: 40 }), async (walk) => {
        const { server, run, open, now } = world();
        let opened = 0;
        const reopen = () => open(`tab-${(opened += 1)}`);
        const tabs = { a: await reopen(), b: await reopen() };
        /** What each field must at least be. */
        const typed = { a: [{ at: 0, text: "-" }], b: [{ at: 0, text: "-" }] };
        let keys = 0;
        for (const move of walk) {
          if (move.do === "type") {
            const text = `${move.field}${(keys += 1)}`;
            tabs[move.field].type(move.field, text);
            typed[move.field].push({ at: now(), text });
          } else if (move.do === "wait") await run(move.ms);
          else if (move.do === "kill") {
            tabs[move.field].kill();
            const killed = now();
            server.up = true;
            tabs[move.field] = await reopen();
            const text = nameOf(tabs[move.field].store.getState().playbook, move.field);
            const survived = typed[move.field].findIndex((each) => each.text === text);
            expect(survived).toBeGreaterThanOrEqual(0);
            expect(typed[move.field][survived + 1]?.at ?? Infinity).toBeGreaterThanOrEqual(killed - 1_000);
            typed[move.field] = [{ at: now(), text }];
          } else {
            server.up = move.do !== "down";
            server.losesAnswers = move.do === "lose answers";
          }
        }
        server.up = true;
        server.losesAnswers = false;
        await run(60_000);
        for (const field of ["a", "b"] as const) {
          expect(nameOf(server.playbook, field)).toBe(typed[field].at(-1)?.text);
          expect(tabs[field].facts.getState().questions).toEqual([]);
          expect(tabs[field].states.at(-1) ?? "saved").toBe("saved");
        }
      }),
      { numRuns: 300 },
    );
  });
});

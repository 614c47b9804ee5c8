import type { TraceEvent } from "@drawbridge/interpreter";
import type { WatchAnswer, WatchRequest } from "@drawbridge/protocol";
import { describe, expect, it } from "vitest";
import { type ConnectionState, LiveConnection, type LiveSocket } from "./live-connection.ts";

class Socket implements LiveSocket {
  connected = false;
  heardAt: number | null = null;
  readonly sent: { event: string; request: WatchRequest; answer: (answer: WatchAnswer) => void }[] = [];
  readonly #listeners = new Map<string, (message: never) => void>();

  connect = () => this.open();
  disconnect = () => this.lose();
  on = (event: string, listener: (message: never) => void) => this.#listeners.set(event, listener);
  emit = (event: "watch" | "unwatch", request: WatchRequest, answer: (answer: WatchAnswer) => void) => this.sent.push({ event, request, answer });

  open() {
    this.connected = true;
    this.heardAt = 1_000;
    this.hear("connect", undefined);
  }

  lose() {
    this.connected = false;
    this.hear("disconnect", undefined);
  }

  hear(event: string, message: unknown) {
    this.#listeners.get(event)?.(message as never);
  }

  answerAll() {
    for (const { answer } of this.sent) answer({ ok: true });
  }
}

const event = (seq: number): TraceEvent => ({ seq, at: seq, type: "run-paused" });
const events = (...seqs: number[]) => ({ run: "r1", events: seqs.map(event) });

function open() {
  const socket = new Socket();
  const states: ConnectionState[] = [];
  return { socket, states, live: new LiveConnection(socket, (state) => states.push(state)) };
}

describe("a live connection", () => {
  it("connects at the first watch and asks for it once it is open", () => {
    const { socket, live, states } = open();
    live.watch(() => ({ topic: "cases" }), {});
    expect(states).toEqual(["connecting", "live"]);
    expect(socket.sent.map(({ event: name, request }) => [name, request])).toEqual([["watch", { topic: "cases" }]]);
  });

  it("hands on a run's entries in order and each once", () => {
    const { socket, live } = open();
    const got: number[] = [];
    live.watchRun("r1", 0, (fresh) => got.push(...fresh.map(({ seq }) => seq)));
    socket.hear("run-events", events(1, 2));
    socket.hear("run-events", events(2, 3));
    socket.hear("run-events", { run: "another", events: [event(4)] });
    expect(got).toEqual([1, 2, 3]);
  });

  it("asks again from the last entry when there is a gap, and takes nothing from behind it before", () => {
    const { socket, live } = open();
    const got: number[] = [];
    live.watchRun("r1", 0, (fresh) => got.push(...fresh.map(({ seq }) => seq)));
    socket.hear("run-events", events(1, 2));
    socket.hear("run-events", events(5, 6));
    expect(got).toEqual([1, 2]);
    expect(socket.sent.at(-1)?.request).toEqual({ topic: "run", id: "r1", from: 2 });
    socket.hear("run-events", events(3, 4, 5, 6));
    expect(got).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("asks once for a gap until the server has answered", () => {
    const { socket, live } = open();
    live.watchRun("r1", 0, () => undefined);
    socket.hear("run-events", events(3));
    socket.hear("run-events", events(4));
    expect(socket.sent.filter(({ event: name }) => name === "watch")).toHaveLength(2);
    socket.answerAll();
    socket.hear("run-events", events(5));
    expect(socket.sent.filter(({ event: name }) => name === "watch")).toHaveLength(3);
  });

  it("goes on from the last entry after a lost connection", () => {
    const { socket, live, states } = open();
    live.watchRun("r1", 0, () => undefined);
    socket.hear("run-events", events(1, 2, 3));
    socket.lose();
    expect(states.at(-1)).toBe("lost");
    socket.open();
    expect(states.at(-1)).toBe("live");
    expect(socket.sent.at(-1)?.request).toEqual({ topic: "run", id: "r1", from: 3 });
  });

  it("says until when the server was heard of, and stays lost for those who begin to watch meanwhile", () => {
    const socket = new Socket();
    const told: (readonly [ConnectionState, number | null])[] = [];
    const live = new LiveConnection(socket, (state, heardAt) => told.push([state, heardAt]));
    live.watch(() => ({ topic: "runs" }), {});
    socket.lose();
    socket.connect = () => undefined;
    live.watch(() => ({ topic: "cases" }), {});
    expect(told.at(-1)).toEqual(["lost", 1_000]);
    socket.open();
    expect(told.at(-1)).toEqual(["live", null]);
  });

  it("repairs a gap also when the connection was lost while it asked for the one before", () => {
    const { socket, live } = open();
    const got: number[] = [];
    live.watchRun("r1", 0, (fresh) => got.push(...fresh.map(({ seq }) => seq)));
    socket.hear("run-events", events(3));
    socket.lose();
    socket.open();
    socket.hear("run-events", events(1, 2));
    socket.hear("run-events", events(4));
    expect(socket.sent.at(-1)?.request).toEqual({ topic: "run", id: "r1", from: 2 });
    socket.hear("run-events", events(3, 4));
    expect(got).toEqual([1, 2, 3, 4]);
  });

  it("says that a watch stands again, and not the first time", () => {
    const { socket, live } = open();
    let again = 0;
    live.watch(() => ({ topic: "runs" }), { again: () => (again += 1) });
    socket.answerAll();
    expect(again).toBe(0);
    socket.lose();
    socket.open();
    socket.sent.at(-1)?.answer({ ok: true });
    expect(again).toBe(1);
  });

  it("tells whoever watches why the server refused", () => {
    const { socket, live } = open();
    const refusals: string[] = [];
    live.watch(() => ({ topic: "case", id: "CASE-1" }), { refused: (code) => refusals.push(code) });
    socket.sent.at(-1)?.answer({ ok: false, code: "not-found", detail: "" });
    expect(refusals).toEqual(["not-found"]);
  });

  it("ends a topic on the server only when nobody watches it any more", () => {
    const { socket, live } = open();
    const first = live.watch(() => ({ topic: "runs" }), {});
    const second = live.watch(() => ({ topic: "runs" }), {});
    first();
    expect(socket.sent.some(({ event: name }) => name === "unwatch")).toBe(false);
    second();
    expect(socket.sent.at(-1)).toMatchObject({ event: "unwatch", request: { topic: "runs" } });
  });
});

import { expect, it } from "vitest";
import { sideNotes } from "./SideNote.tsx";

const card = { x: 0, y: 0, width: 200, height: 48 };
const failed = { status: "failed", error: { code: "timed-out", message: "No answer in 30 s." } };
type Given = Parameters<typeof sideNotes>;
const notesOf = (edges: readonly object[], others: readonly [string, object][] = []) =>
  sideNotes({ rects: new Map([["a", card], ...others]), edges } as unknown as Given[0], (id) => (id === "a" ? failed : undefined) as unknown as ReturnType<Given[1]>);

it("puts a note beside its card, and elsewhere when a connection runs there", () => {
  expect(notesOf([])[0]?.rect).toMatchObject({ x: 216, y: -4 });
  const beside = {
    from: "b",
    kind: "next",
    points: [
      { x: 260, y: -400 },
      { x: 260, y: 400 },
    ],
  };
  expect(notesOf([beside])[0]?.rect).toMatchObject({ x: -172 });
});

it("leaves a note out when cards and connections take every place", () => {
  const lines = [260, -100].map((x) => ({
    from: "b",
    kind: "next",
    points: [
      { x, y: -400 },
      { x, y: 400 },
    ],
  }));
  expect(notesOf(lines)).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { snapTo } from "./guides.ts";

const other = { x: 100, y: 100, width: 200, height: 48 };

describe("alignment guides", () => {
  it("put the middle in line with another's that is near", () => {
    const { dx, dy, guides } = snapTo({ x: 152, y: 300, width: 100, height: 28 }, [other], 6);
    expect({ dx, dy }).toEqual({ dx: -2, dy: 0 });
    expect(guides).toEqual([{ axis: "x", at: 200, from: 100, to: 328 }]);
  });

  it("put edges in line, on both axes at once", () => {
    const { dx, dy, guides } = snapTo({ x: 500, y: 103, width: 200, height: 48 }, [other, { ...other, x: 504, y: 400 }], 6);
    expect({ dx, dy }).toEqual({ dx: 4, dy: -3 });
    expect(guides.map((guide) => guide.axis)).toEqual(["x", "y"]);
  });

  it("leave alone what is near nothing", () => {
    expect(snapTo({ x: 140, y: 300, width: 100, height: 28 }, [other], 6)).toEqual({ dx: 0, dy: 0, guides: [] });
  });
});

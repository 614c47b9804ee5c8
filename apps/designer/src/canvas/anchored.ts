import type { Point } from "./geometry.ts";

/** The same layout, moved as a whole so that as many steps as possible stay where they were. */
export function anchored(layout: Readonly<Record<string, Point>>, before: Readonly<Record<string, Point>>): Record<string, Point> {
  const counts = new Map<string, { readonly by: Point; count: number }>();
  for (const [id, at] of Object.entries(layout)) {
    const was = before[id];
    if (!was) continue;
    const by = { x: was.x - at.x, y: was.y - at.y };
    const known = counts.get(`${by.x} ${by.y}`);
    if (known) known.count += 1;
    else counts.set(`${by.x} ${by.y}`, { by, count: 1 });
  }
  let most: { readonly by: Point; readonly count: number } | undefined;
  for (const each of counts.values()) if (each.count > (most?.count ?? 0)) most = each;
  const { by } = most ?? { by: { x: 0, y: 0 } };
  return Object.fromEntries(Object.entries(layout).map(([id, at]) => [id, { x: at.x + by.x, y: at.y + by.y }]));
}

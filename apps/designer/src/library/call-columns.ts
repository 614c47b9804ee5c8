import type { PlaybookUses } from "@drawbridge/protocol";

type Graph = PlaybookUses["graph"];
export type CallNode = Graph["nodes"][number];

export const nodeWidth = 190;
export const nodeHeight = 34;
const gapX = 56;
const gapY = 10;

export interface PlacedCall {
  readonly node: CallNode;
  readonly x: number;
  readonly y: number;
}

/** The playbooks in columns by how far they are: who calls on the left, what is called on the right. */
export function callColumns(graph: Graph): { readonly placed: readonly PlacedCall[]; readonly width: number; readonly height: number } {
  const distances = [...new Set(graph.nodes.map(({ distance }) => distance))].sort((one, other) => one - other);
  const columns = distances.map((distance) => graph.nodes.filter((node) => node.distance === distance).sort((one, other) => one.name.localeCompare(other.name)));
  const most = Math.max(1, ...columns.map((column) => column.length));
  const height = most * (nodeHeight + gapY) - gapY;
  const placed = columns.flatMap((column, index) => {
    const top = (height - (column.length * (nodeHeight + gapY) - gapY)) / 2;
    return column.map((node, row) => ({ node, x: index * (nodeWidth + gapX), y: top + row * (nodeHeight + gapY) }));
  });
  return { placed, width: columns.length * (nodeWidth + gapX) - gapX, height };
}

import "@xyflow/react/dist/style.css";
import { ReactFlow } from "@xyflow/react";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

interface Graph {
  readonly nodes: readonly { readonly id: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly label: string }[];
  readonly edges: readonly { readonly source: string; readonly target: string }[];
}

/** The page that the editor is compared with: React Flow, its own nodes and edges, and nothing else. */
async function show(root: HTMLElement): Promise<void> {
  const graph = (await (await fetch("/graph.json")).json()) as Graph;
  const nodes = graph.nodes.map(({ id, x, y, width, height, label }) => ({ id, position: { x, y }, width, height, data: { label } }));
  const edges = graph.edges.map(({ source, target }) => ({ id: `${source} ${target}`, source, target }));
  createRoot(root).render(createElement(ReactFlow, { defaultNodes: nodes, defaultEdges: edges, onlyRenderVisibleElements: true, minZoom: 0.02, fitView: true }));
}

const root = document.getElementById("root");
if (root) void show(root);

import type { PlaybookUses } from "@drawbridge/protocol";
import { Link } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import { callColumns, nodeHeight, nodeWidth } from "./call-columns.ts";
import classes from "./UsesDrawer.module.css";

/** Who calls whom around a playbook: callers on the left, what it calls on the right. */
export function CallGraph({ id, graph }: { id: string; graph: PlaybookUses["graph"] }) {
  const { placed, width, height } = useMemo(() => callColumns(graph), [graph]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("[data-self]")?.scrollIntoView({ inline: "center", block: "nearest" }), []);
  const places = new Map(placed.map((each) => [each.node.id, each]));
  return (
    <>
      <div ref={box} className={classes.graph} tabIndex={0} role="group" aria-label="Playbooks that call each other">
        <div className={classes.board} style={{ width, height }}>
          <svg width={width} height={height} className={classes.edges} aria-hidden>
            {graph.edges.map(({ from, to }) => {
              const [start, end] = [places.get(from), places.get(to)];
              if (!start || !end) return null;
              const [x1, y1, x2, y2] = [start.x + nodeWidth, start.y + nodeHeight / 2, end.x, end.y + nodeHeight / 2];
              const bend = Math.max(28, Math.abs(x2 - x1) / 2);
              return <path key={`${from} ${to}`} d={`M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`} data-near={from === id || to === id || undefined} />;
            })}
          </svg>
          <ul>
            {placed.map(({ node, x, y }) => (
              <li
                key={node.id}
                className={classes.node}
                data-self={node.id === id || undefined}
                data-gone={!node.there || undefined}
                style={{ left: x, top: y, width: nodeWidth, height: nodeHeight }}
              >
                {node.id === id ? (
                  <b className="cut">{node.name}</b>
                ) : node.there ? (
                  <Link to="/playbooks/$id" params={{ id: node.id }} className="cut" title={node.name}>
                    {node.name}
                  </Link>
                ) : (
                  <span className="cut" title={`There is no playbook ${node.id}`}>
                    {node.id} is not here
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      </div>
      {graph.more && <p className="secondary">There are more; the nearest {graph.nodes.length} are shown.</p>}
    </>
  );
}

import type { ItemState } from "@drawbridge/interpreter";
import { Link } from "@tanstack/react-router";
import { StatusMark } from "../shared/StatusMark.tsx";
import classes from "./details.module.css";
import { valueText } from "./explained.ts";

/** How each item of a for-each stands. */
export function ItemsList({ items, total }: { items: readonly ItemState[]; total: number }) {
  return (
    <section>
      <h3 className={classes.section}>Items</h3>
      <ul className={classes.lines}>
        {items.map((item, index) => (
          <li key={index} title={item.error?.message}>
            <span className="muted num">{index + 1}</span>
            <span className="mono cut">{valueText(item.item)}</span>
            <span className="grow" />
            {item.child !== undefined && (
              <Link to="/runs/$id" params={{ id: item.child }}>
                Run
              </Link>
            )}
            <StatusMark status={item.status} />
          </li>
        ))}
        {total > items.length && <li className="muted">and {(total - items.length).toLocaleString()} more</li>}
      </ul>
    </section>
  );
}

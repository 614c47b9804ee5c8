import type { CaseDetail } from "@drawbridge/protocol";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { CornerDownRight, CornerLeftUp, Link2, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ChildCaseDialog } from "./ChildCaseDialog.tsx";
import classes from "./ReportTab.module.css";
import { RestrictedMark } from "./RestrictedMark.tsx";

/** Parent, child and linked cases, as far as they may be seen. */
export function LinkedTab({ detail }: { detail: CaseDetail }) {
  const [opening, setOpening] = useState(false);
  const none = detail.parent === null && detail.children.length === 0 && detail.linked.length === 0;
  const open = detail.mayEdit && detail.status !== "closed" && (
    <Button variant={none ? "filled" : "default"} leftSection={<Plus size={15} aria-hidden />} onClick={() => setOpening(true)}>
      Open a child case
    </Button>
  );
  return (
    <div className={classes.reports}>
      {none ? (
        <div className="card">
          <EmptyState icon={Link2} title="It stands alone" action={open}>
            A child case narrows an investigation to a few; a restricted one is invisible to everyone else.
          </EmptyState>
        </div>
      ) : (
        <>
          <div>{open}</div>
          <ul className="card" aria-label="Related cases">
            {detail.parent !== null && <Related id={detail.parent} title="Parent case" icon={<CornerLeftUp size={16} className="muted" aria-hidden />} />}
            {detail.children.map((child) => (
              <Related key={child.id} id={child.id} title={child.title} icon={<CornerDownRight size={16} className="muted" aria-hidden />}>
                {child.restricted && <RestrictedMark members={child.members} />}
              </Related>
            ))}
            {detail.linked.map((linked) => (
              <Related key={linked.id} id={linked.id} title={linked.title} icon={<Link2 size={16} className="muted" aria-hidden />} />
            ))}
          </ul>
        </>
      )}
      {opening && <ChildCaseDialog detail={detail} onClose={() => setOpening(false)} />}
    </div>
  );
}

function Related({ id, title, icon, children }: { id: string; title: string; icon: ReactNode; children?: ReactNode }) {
  return (
    <li className={classes.report}>
      {icon}
      <Link to="/cases/$id" params={{ id }} className="num">
        {id}
      </Link>
      <span className="cut grow">{title}</span>
      {children}
    </li>
  );
}

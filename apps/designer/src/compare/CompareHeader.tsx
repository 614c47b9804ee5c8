import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ArrowLeftRight, ArrowRight, ChevronRight, PenLine } from "lucide-react";
import { useNow } from "../shared/use-now.ts";
import classes from "./Compare.module.css";
import type { VersionFacts } from "./use-compared.ts";
import { VersionSelect } from "./VersionSelect.tsx";

/** Which playbook, and which two of its versions. */
export function CompareHeader({
  id,
  name,
  versions,
  live,
  hasDraft,
  sides,
  onSides,
}: {
  id: string;
  name: string;
  versions: readonly VersionFacts[];
  live: number | null;
  hasDraft: boolean;
  sides: { readonly from: number | "draft"; readonly to: number | "draft" } | null;
  onSides: (sides: { readonly from: number | "draft"; readonly to: number | "draft" }) => void;
}) {
  const now = useNow(60_000);
  const shared = { versions, live, hasDraft, now };
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link to="/playbooks" className={classes.crumb}>
          Playbooks
        </Link>
        <ChevronRight size={14} aria-hidden />
        <Link to="/playbooks/$id" params={{ id }} className={`${classes.crumb} cut`}>
          {name}
        </Link>
        <ChevronRight size={14} aria-hidden />
        <h1 className={classes.title}>Compare</h1>
      </nav>
      {sides && (
        <div className={classes.sides} role="group" aria-label="What is compared">
          <VersionSelect label="Before" value={sides.from} {...shared} onChange={(from) => onSides({ ...sides, from })} />
          <ArrowRight size={16} className={classes.arrow} aria-hidden />
          <VersionSelect label="After" value={sides.to} {...shared} onChange={(to) => onSides({ ...sides, to })} />
          <Tooltip label="Swap before and after">
            <ActionIcon aria-label="Swap before and after" onClick={() => onSides({ from: sides.to, to: sides.from })}>
              <ArrowLeftRight size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
      <span className="grow" />
      <Button
        variant="default"
        leftSection={<PenLine size={14} aria-hidden />}
        className={classes.open ?? ""}
        renderRoot={(props) => <Link to="/playbooks/$id" params={{ id }} {...props} />}
      >
        Open in the editor
      </Button>
    </header>
  );
}

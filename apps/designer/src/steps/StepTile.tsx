import type { Step, StepKind } from "@drawbridge/playbook";
import { Briefcase, Globe, Hash, Mail, Plug, type LucideIcon } from "lucide-react";
import { Tile } from "../shared/Tile.tsx";
import { stepLooks } from "./looks.ts";
import type { StepCatalog } from "./step-catalog.ts";
import classes from "./StepTile.module.css";

const icons: { readonly [name: string]: LucideIcon } = { briefcase: Briefcase, case: Briefcase, cases: Briefcase, globe: Globe, hash: Hash, mail: Mail, plug: Plug };

/** The tile of an integration: letters or an icon on its colour. */
export function IntegrationMark({ id, catalog, size = 28 }: { id: string; catalog: StepCatalog; size?: number }) {
  const tile = catalog.integrations.get(id)?.tile;
  const icon = tile?.icon === undefined ? undefined : (icons[tile.icon] ?? Plug);
  return <Tile color={tile?.color ?? "slate"} text={tile?.text ?? id.slice(0, 2).toUpperCase()} icon={icon} size={size} />;
}

/** The tile of a kind; a diamond for the condition. */
export function KindMark({ kind, size = 28 }: { kind: StepKind; size?: number }) {
  const look = stepLooks[kind];
  if (look.shape === "square") return <Tile color={look.tile} icon={look.icon} size={size} />;
  const Icon = look.icon;
  return (
    <span className={classes.diamond} style={{ width: size, height: size }} aria-hidden>
      <Icon size={size < 24 ? 10 : 14} strokeWidth={1.75} />
    </span>
  );
}

/** The tile of a step: its integration's when it calls one, else its kind's. */
export function StepTile({ step, catalog, size = 28 }: { step: Step; catalog: StepCatalog; size?: number }) {
  return step.kind === "action" ? <IntegrationMark id={step.action.split(".")[0] ?? ""} catalog={catalog} size={size} /> : <KindMark kind={step.kind} size={size} />;
}

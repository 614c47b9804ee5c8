import type { TileColor } from "@drawbridge/integration-kit";
import { Briefcase, Globe, Hash, Mail, Plug, type LucideIcon } from "lucide-react";
import { useCatalog } from "../api/catalog.ts";
import classes from "./Tile.module.css";

const icons: { readonly [name: string]: LucideIcon } = { briefcase: Briefcase, case: Briefcase, cases: Briefcase, globe: Globe, hash: Hash, mail: Mail, plug: Plug };

/** A coloured square with two or three letters or an icon. */
export function Tile({
  text,
  icon: Icon,
  color = "slate",
  size = 28,
  label,
}: {
  text?: string | undefined;
  icon?: LucideIcon | undefined;
  color?: TileColor;
  size?: number;
  label?: string | undefined;
}) {
  return (
    <span
      className={classes.tile}
      data-color={color}
      style={{ width: size, height: size, borderRadius: size / 4, fontSize: size < 24 ? 8.5 : 10.5 }}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label, title: label })}
    >
      {Icon ? <Icon size={size < 24 ? 12 : 16} strokeWidth={1.75} aria-hidden /> : text}
    </span>
  );
}

/** The tile of an integration, as the catalogue tells. */
export function IntegrationTile({ id, size = 28, named = true }: { id: string; size?: number; named?: boolean }) {
  const facts = useCatalog()?.integrations.find((each) => each.id === id);
  const icon = facts?.tile.icon === undefined ? undefined : (icons[facts.tile.icon] ?? Plug);
  return (
    <Tile color={facts?.tile.color ?? "slate"} text={facts?.tile.text ?? id.slice(0, 2).toUpperCase()} icon={icon} size={size} label={named ? (facts?.title ?? id) : undefined} />
  );
}

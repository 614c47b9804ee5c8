import type { CaseDetail } from "@drawbridge/protocol";
import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Laptop, type LucideIcon, ShieldCheck, ShieldOff, TriangleAlert, User } from "lucide-react";
import { Badge } from "../../shared/Badge.tsx";
import { CopyButton } from "../../shared/CopyButton.tsx";
import { clockText, dayAndClockText, wordsText } from "../../shared/format.ts";
import { IntegrationTile } from "../../shared/Tile.tsx";
import { type CaseFields, type CaseSection, caseSections, sourceOf } from "./case-sections.ts";
import classes from "./FactCard.module.css";
import { FactValue } from "./FactValue.tsx";

const looks: { readonly [Section in CaseSection]: { readonly title: string; readonly icon: LucideIcon } } = {
  alert: { title: "Alert", icon: TriangleAlert },
  employee: { title: "Employee", icon: User },
  endpoint: { title: "Endpoint", icon: Laptop },
};

/** The facts of one section, each with where it came from. */
export function FactCard({ section, fields }: { section: CaseSection; fields: CaseFields }) {
  const { title, icon: Icon } = looks[section];
  const shown = caseSections[section];
  const source = sourceOf(section, fields);
  const bytes = fields["totalFileSize"]?.value;
  return (
    <section className={`card ${classes.card}`} aria-label={title}>
      <header className={classes.head}>
        <Icon size={16} strokeWidth={1.75} className="muted" aria-hidden />
        {title}
        {section === "endpoint" && <Isolation fields={fields} />}
        {source && <Source from={source} />}
      </header>
      <dl className={classes.facts}>
        {shown.map(({ key, label, ...rest }) => {
          const fact = fields[key];
          const mono = "mono" in rest;
          return (
            <div key={key}>
              <dt>{label}</dt>
              <Tooltip label={fact && provenanceText(fact.from)} disabled={!fact} position="top-start" multiline>
                <dd data-mono={mono || undefined}>
                  {fact ? (
                    <FactValue name={key} value={fact.value} mono={mono} bytes={typeof bytes === "number" ? bytes : undefined} />
                  ) : (
                    <span className="muted">Not known yet</span>
                  )}
                  {fact && mono && typeof fact.value === "string" && (
                    <span className={classes.copy}>
                      <CopyButton value={fact.value} label={`Copy ${label}`} />
                    </span>
                  )}
                </dd>
              </Tooltip>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

type From = CaseDetail["fields"][string]["from"];
const provenanceText = (from: From) => `${from.stepName ?? from.by}, ${dayAndClockText(from.at)}`;

function Source({ from }: { from: From }) {
  return (
    <span className={classes.source} title={provenanceText(from)}>
      {from.run === undefined ? (
        <span className="cut">{from.by}</span>
      ) : (
        <Link to="/runs/$id" params={{ id: from.run }} className="cut">
          {from.stepName ?? from.by}
        </Link>
      )}
      {from.integration !== undefined && <IntegrationTile id={from.integration} size={20} />}
    </span>
  );
}

function Isolation({ fields }: { fields: CaseFields }) {
  const isolation = fields["isolation"]?.value;
  const since = fields["isolatedAt"]?.value;
  if (isolation === undefined || isolation === null) return null;
  const text = typeof isolation === "string" ? isolation : isolation === true ? "isolated" : "not isolated";
  const isolated = /isolated/i.test(text) && !/un|not|pending/i.test(text);
  const Icon = isolated ? ShieldCheck : ShieldOff;
  return (
    <Badge tone={isolated ? "ok" : /pending/i.test(text) ? "wait" : "plain"}>
      <Icon size={12} strokeWidth={2} aria-hidden />
      {isolated ? `Isolated${typeof since === "string" ? ` ${clockText(since)}` : ""}` : wordsText(text)}
    </Badge>
  );
}

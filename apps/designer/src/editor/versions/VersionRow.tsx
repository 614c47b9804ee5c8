import { ActionIcon, Button, Menu } from "@mantine/core";
import { Ellipsis, FilePen, History } from "lucide-react";
import { memo } from "react";
import { ChangeCounts } from "../../compare/ChangeCounts.tsx";
import type { VersionFacts } from "../../compare/use-compared.ts";
import { Badge } from "../../shared/Badge.tsx";
import { RelativeTime } from "../../shared/RelativeTime.tsx";
import { ComparisonLink } from "./ComparisonLink.tsx";
import classes from "./Versions.module.css";

/** How high a row of the history is, in pixels. */
export const versionRowHeight = 116;

/** One version in the history: who, when, why, how much, and what can be done with it. */
export const VersionRow = memo(function VersionRow({
  facts: { version, at, by, note, size },
  live,
  shown,
  mayEdit,
  onShow,
  onRollBack,
  onPut,
}: {
  facts: VersionFacts;
  live: boolean;
  shown: boolean;
  mayEdit: boolean;
  onShow: (version: number) => void;
  onRollBack: (version: number) => void;
  onPut: (version: number) => void;
}) {
  return (
    <article className={classes.row} aria-label={`Version ${version}`} data-version={version} data-shown={shown || undefined}>
      <div className={classes.rowHead}>
        <b className="num">v{version}</b>
        {live && <Badge tone="ok">live</Badge>}
        {size ? <ChangeCounts counts={size} /> : version === 1 ? <span className="muted">first version</span> : null}
        <span className="grow" />
        <span className={`${classes.by} cut`}>
          {by} · <RelativeTime at={at} />
        </span>
      </div>
      <p className={classes.note} title={note}>
        {note || <span className="muted">No note</span>}
      </p>
      <div className={classes.actions}>
        <Button size="compact-sm" variant="default" aria-pressed={shown} onClick={() => onShow(version)}>
          Look
        </Button>
        {version > 1 && (
          <ComparisonLink from={version - 1} to={version} className={classes.link}>
            What it changed
          </ComparisonLink>
        )}
        <ComparisonLink from={version} to="draft" className={classes.link}>
          Against my draft
        </ComparisonLink>
        <span className="grow" />
        {mayEdit && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size="sm" aria-label={`More for v${version}`}>
                <Ellipsis size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {!live && (
                <Menu.Item leftSection={<History size={14} />} onClick={() => onRollBack(version)}>
                  Roll back to v{version}…
                </Menu.Item>
              )}
              <Menu.Item leftSection={<FilePen size={14} />} onClick={() => onPut(version)}>
                Put into my draft
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </article>
  );
});

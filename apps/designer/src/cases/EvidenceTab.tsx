import type { CaseDetail, Evidence } from "@drawbridge/protocol";
import { ActionIcon, Menu } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ellipsis, File, type LucideIcon, MessageSquare, Package, Pin, Table, Trash2 } from "lucide-react";
import { call } from "../api/call.ts";
import { CopyButton } from "../shared/CopyButton.tsx";
import { EmptyState } from "../shared/EmptyState.tsx";
import { dayAndClockText } from "../shared/format.ts";
import { JsonTree } from "../shared/JsonTree.tsx";
import { Markdown } from "../shared/Markdown.tsx";
import { notifyDone, notifyProblem } from "../shared/notify.ts";
import { IntegrationTile, Tile } from "../shared/Tile.tsx";
import classes from "./EvidenceTab.module.css";

const icons: { readonly [Kind in Evidence["kind"]]: LucideIcon } = { file: File, entry: MessageSquare, table: Table, artifact: Package };

/** The evidence board: each piece with where it came from and what proves it. */
export function EvidenceTab({ detail }: { detail: CaseDetail }) {
  if (detail.evidence.length === 0) {
    return (
      <div className="card">
        <EmptyState icon={Pin} title="Nothing is on the board yet">
          Playbooks put what they find here. In the war room or on a file event, “Add to evidence” does.
        </EmptyState>
      </div>
    );
  }
  return (
    <ul className={classes.board} aria-label="Evidence">
      {detail.evidence.map((piece) => (
        <li key={piece.id} className={`card ${classes.piece}`}>
          <Piece detail={detail} piece={piece} />
        </li>
      ))}
    </ul>
  );
}

function Piece({ detail, piece }: { detail: CaseDetail; piece: Evidence }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call("deleteEvidence", { params: { id: detail.id, evidence: piece.id } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["case", detail.id] });
      notifyDone("Taken off the board; the record of it stays.");
    },
    onError: notifyProblem,
  });
  const { provenance } = piece;
  return (
    <>
      <div className={classes.head}>
        <Tile icon={icons[piece.kind]} size={26} />
        <b className="cut grow">{piece.title}</b>
        {detail.mayEdit && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size="sm" aria-label={`More for ${piece.title}`}>
                <Ellipsis size={14} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item color="red" leftSection={<Trash2 size={15} aria-hidden />} onClick={() => remove.mutate()}>
                Take off the board
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {piece.description !== "" && <Markdown text={piece.description} />}
      {piece.hash !== null && (
        <div className={classes.hash}>
          <span className="mono cut" title={piece.hash}>
            {piece.hash}
          </span>
          <CopyButton value={piece.hash} label="Copy the hash" />
        </div>
      )}
      {piece.data !== undefined && piece.data !== null && (
        <div className={classes.data}>
          <JsonTree value={piece.data} label={piece.title} openTo={0} />
        </div>
      )}
      <div className={classes.from}>
        {provenance.integration !== undefined && <IntegrationTile id={provenance.integration} size={20} />}
        <span className="cut">
          {provenance.run === undefined ? (
            provenance.by
          ) : (
            <Link to="/runs/$id" params={{ id: provenance.run }}>
              {provenance.stepName ?? provenance.by}
            </Link>
          )}
        </span>
        <span className="grow" />
        <span className="num">{dayAndClockText(piece.addedAt)}</span>
      </div>
    </>
  );
}

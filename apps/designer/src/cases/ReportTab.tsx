import type { CaseDetail } from "@drawbridge/protocol";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Download, FileText } from "lucide-react";
import { addressOf } from "../api/call.ts";
import { EmptyState } from "../shared/EmptyState.tsx";
import { dayAndClockText } from "../shared/format.ts";
import classes from "./ReportTab.module.css";
import { useCreateReport } from "./use-create-report.ts";

/** The reports that were written, and a button for a new one. */
export function ReportTab({ detail }: { detail: CaseDetail }) {
  const create = useCreateReport(detail.id);
  const write = detail.mayEdit && (
    <Button leftSection={<FileText size={15} aria-hidden />} loading={create.isPending} onClick={() => create.mutate()}>
      Write a report
    </Button>
  );
  if (detail.reports.length === 0) {
    return (
      <div className="card">
        <EmptyState icon={FileText} title="No report yet" action={write}>
          The investigation summary holds the timeline, people, files, endpoint, actions taken and evidence, as they stand when it is written.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={classes.reports}>
      <div>{write}</div>
      <ul className="card" aria-label="Reports">
        {detail.reports.map((report) => (
          <li key={report.id} className={classes.report}>
            <FileText size={16} strokeWidth={1.75} className="muted" aria-hidden />
            <Link to="/cases/$id/reports/$report" params={{ id: detail.id, report: report.id }} className="cut grow">
              {report.title}
            </Link>
            <span className="muted cut">
              {report.by}, {dayAndClockText(report.at)}
            </span>
            <Button
              component="a"
              size="sm"
              variant="default"
              leftSection={<Download size={14} aria-hidden />}
              href={addressOf("getReport", { params: { id: detail.id, report: report.id }, query: { format: "pdf" } })}
              download={`${detail.id}-report.pdf`}
            >
              PDF
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronLeft, Download } from "lucide-react";
import { addressOf, call } from "../api/call.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { dayAndClockText } from "../shared/format.ts";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { usePageTitle } from "../shared/use-page-title.ts";
import classes from "./ReportPage.module.css";

/** One report as its readers get it, apart from the page: it can run nothing and reach nothing. */
export function ReportPage({ id, report }: { id: string; report: string }) {
  const query = useQuery({
    queryKey: ["case", id, "report", report],
    queryFn: async ({ signal }) => (await call("getReport", { params: { id, report }, signal })).data,
    staleTime: Infinity,
  });
  usePageTitle(query.data?.title ?? "Report");
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Link to="/cases/$id" params={{ id }} search={{ tab: "report" }} className="row">
          <ChevronLeft size={16} aria-hidden />
          {id}
        </Link>
        <h1 className="cut">{query.data?.title ?? "Report"}</h1>
        {query.data && (
          <span className="muted cut">
            {query.data.by}, {dayAndClockText(query.data.at)}
          </span>
        )}
        <span className="grow" />
        <Button
          component="a"
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
          href={addressOf("getReport", { params: { id, report }, query: { format: "pdf" } })}
          download={`${id}-report.pdf`}
        >
          PDF
        </Button>
      </header>
      {query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : query.data ? (
        <iframe className={classes.paper} title={query.data.title} sandbox="" srcDoc={query.data.html} />
      ) : (
        <SkeletonRows rows={10} what="the report" />
      )}
    </div>
  );
}

import { PageHeader } from "../shared/PageHeader.tsx";

export function ReportPage({ id, report }: { id: string; report: string }) {
  return <PageHeader title={`${id} ${report}`} />;
}

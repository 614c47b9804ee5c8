import { PageHeader } from "../shared/PageHeader.tsx";

export function RunsPage() {
  return <PageHeader title="Runs" />;
}

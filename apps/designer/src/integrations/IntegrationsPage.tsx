import { PageHeader } from "../shared/PageHeader.tsx";

export function IntegrationsPage() {
  return <PageHeader title="Integrations" />;
}

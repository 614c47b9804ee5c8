import { PageHeader } from "../shared/PageHeader.tsx";

export function AsksPage() {
  return <PageHeader title="Asks" />;
}

import { PageHeader } from "../shared/PageHeader.tsx";

export function LibraryPage() {
  return <PageHeader title="Playbooks" />;
}

import { PageHeader } from "../shared/PageHeader.tsx";

export function CasePage({ id }: { id: string }) {
  return <PageHeader title={id} />;
}

import { PageHeader } from "../shared/PageHeader.tsx";

export function MailboxPage() {
  return <PageHeader title="Mailbox" />;
}

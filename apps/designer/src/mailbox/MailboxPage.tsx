import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, Mail, Paperclip } from "lucide-react";
import { useState } from "react";
import { type Answer, call } from "../api/call.ts";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { bytesText, dayAndClockText, wholeTimeText } from "../shared/format.ts";
import { PageHeader } from "../shared/PageHeader.tsx";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import { usePageTitle } from "../shared/use-page-title.ts";
import classes from "./MailboxPage.module.css";

type Message = Answer<"getMailbox">["messages"][number];

/** The mails that the sample world's mail server received. */
export function MailboxPage() {
  usePageTitle("Sample mailbox");
  const narrow = useIsNarrow();
  const mailbox = useQuery({ queryKey: ["mailbox"], queryFn: async ({ signal }) => (await call("getMailbox", { signal })).data.messages, refetchInterval: 3_000 });
  const [chosen, setChosen] = useState<string | null>(null);
  const messages = mailbox.data ?? [];
  const shown = messages.find((message) => message.id === chosen) ?? (narrow ? undefined : messages[0]);
  return (
    <>
      <PageHeader title="Sample mailbox" count={mailbox.data?.length} />
      <div className={classes.content}>
        {mailbox.error && !mailbox.data ? (
          <ErrorState error={mailbox.error} retry={() => void mailbox.refetch()} />
        ) : mailbox.isPending ? (
          <SkeletonRows what="the mails" />
        ) : messages.length === 0 ? (
          <div className="grow">
            <EmptyState icon={Mail} title="No mail yet">
              Every mail that a playbook sends in the sample world arrives here, to whomever it is addressed.
            </EmptyState>
          </div>
        ) : (
          <>
            {!(narrow && shown) && (
              <ul className={classes.list} aria-label="Mails">
                {messages.map((message) => (
                  <li key={message.id}>
                    <button type="button" className={classes.item} aria-current={message.id === shown?.id || undefined} onClick={() => setChosen(message.id)}>
                      <span className="row">
                        <b className="cut grow">{message.subject}</b>
                        {message.attachments.length > 0 && <Paperclip size={13} className="muted" aria-label="With attachments" />}
                      </span>
                      <span className="row muted">
                        <span className="cut grow">To {message.to.join(", ")}</span>
                        <RelativeTime at={message.receivedAt} />
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
            {shown && <Opened message={shown} onBack={narrow ? () => setChosen(null) : null} />}
          </>
        )}
      </div>
    </>
  );
}

function Opened({ message, onBack }: { message: Message; onBack: (() => void) | null }) {
  return (
    <article className={classes.message} aria-label={message.subject}>
      <header className={classes.head}>
        {onBack && (
          <button type="button" className={classes.back} onClick={onBack}>
            <ChevronLeft size={18} aria-hidden />
            Mails
          </button>
        )}
        <h2>{message.subject}</h2>
        <dl>
          <div>
            <dt>From</dt>
            <dd>{message.from}</dd>
          </div>
          <div>
            <dt>To</dt>
            <dd>{message.to.join(", ")}</dd>
          </div>
          <div>
            <dt>Received</dt>
            <dd title={wholeTimeText(message.receivedAt)}>{dayAndClockText(message.receivedAt)}</dd>
          </div>
        </dl>
        {message.attachments.length > 0 && (
          <ul className={classes.attachments} aria-label="Attachments">
            {message.attachments.map((attachment, index) => (
              <li key={index}>
                <Paperclip size={13} aria-hidden />
                {attachment.filename}
                <span className="muted">{bytesText(attachment.size)}</span>
              </li>
            ))}
          </ul>
        )}
      </header>
      {message.html === "" ? (
        <pre className={classes.text}>{message.text}</pre>
      ) : (
        <iframe key={message.id} className={classes.paper} title={`Mail: ${message.subject}`} sandbox="" srcDoc={message.html} />
      )}
    </article>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { CallRecord } from "@drawbridge/protocol";
import { call } from "../api/call.ts";
import { Badge } from "../shared/Badge.tsx";
import { countText, durationText } from "../shared/format.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import classes from "./CallRecordView.module.css";
import { secondsText } from "./seconds-text.ts";

type Exchange = CallRecord["exchanges"][number];

/** What an attempt told of itself: the requests that it sent, what came back, and the lines of its log. */
export function CallRecordView({ run, effect, over }: { run: string; effect: string; over: boolean }) {
  const found = useQuery({
    queryKey: ["run", run, "call", effect],
    queryFn: async ({ signal }) => (await call("getCallRecord", { params: { id: run }, query: { effect }, signal })).data.record,
    enabled: over,
    staleTime: Infinity,
  });
  if (!over) return <p className="muted">What it sends is told when the attempt is over.</p>;
  if (found.error) return <ProblemNote error={found.error} />;
  if (found.isPending) return <p className="muted">Reading …</p>;
  const record = found.data;
  if (record === null)
    return <p className="muted">No requests were kept. They are of attempts that fail, of runs that a person starts, and of a few others; not every action sends any.</p>;
  return <CallRecordParts record={record} />;
}

/** The requests and log lines of one call. */
export function CallRecordParts({ record }: { record: CallRecord }) {
  return (
    <div className={classes.record}>
      {record.exchanges.length > 0 && (
        <section>
          <h4 className={classes.head}>Requests</h4>
          {record.exchanges.map((exchange, index) => (
            <ExchangeView key={index} exchange={exchange} open={record.exchanges.length === 1} />
          ))}
          {record.left.exchanges > 0 && <p className="muted">{countText(record.left.exchanges, "further request")} left out.</p>}
        </section>
      )}
      {record.lines.length > 0 && (
        <section>
          <h4 className={classes.head}>Log</h4>
          <ol className={classes.lines} aria-label="Log lines">
            {record.lines.map((line, index) => (
              <li key={index}>
                <span className="muted num">{secondsText(line.at)}</span> {line.message}
                {line.details !== null && <code className={classes.details}>{line.details}</code>}
              </li>
            ))}
          </ol>
          {record.left.lines > 0 && <p className="muted">{countText(record.left.lines, "further line")} left out.</p>}
        </section>
      )}
    </div>
  );
}

function ExchangeView({ exchange, open }: { exchange: Exchange; open: boolean }) {
  const { method, url, status, ms, failure } = exchange;
  return (
    <details className={classes.exchange} open={open}>
      <summary>
        <span className="mono">{method}</span>
        <span className={`mono cut grow`} title={url}>
          {url.replace(/^https?:\/\//, "")}
        </span>
        <Badge tone={status === null || status >= 500 ? "fail" : status >= 400 ? "wait" : "ok"}>{status ?? "No answer"}</Badge>
        <span className="muted num">{durationText(ms)}</span>
      </summary>
      <p className={`mono ${classes.url}`}>{url}</p>
      {failure !== null && <p className={classes.failure}>{failure}</p>}
      <Message title="Sent" headers={exchange.requestHeaders} body={exchange.requestBody} />
      {status !== null && <Message title="Answer" headers={exchange.responseHeaders} body={exchange.responseBody} />}
    </details>
  );
}

function Message({ title, headers, body }: { title: string; headers: Exchange["requestHeaders"]; body: Exchange["requestBody"] }) {
  return (
    <section className={classes.message}>
      <h5 className={classes.head}>{title}</h5>
      <dl className={classes.headers}>
        {Object.entries(headers).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {body && (
        <>
          <pre className={classes.body} tabIndex={0} aria-label={`${title}, body`}>
            {pretty(body.text, body.length)}
          </pre>
          {body.length > body.text.length && (
            <p className="muted">
              The first {body.text.length.toLocaleString()} of {body.length.toLocaleString()} characters.
            </p>
          )}
        </>
      )}
    </section>
  );
}

/** Whole JSON with its fields on lines; what was cut stays as it is. */
function pretty(text: string, length: number): string {
  if (text.length < length) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

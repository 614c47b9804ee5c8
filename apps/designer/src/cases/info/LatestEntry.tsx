import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { call } from "../../api/call.ts";
import { clockText } from "../../shared/format.ts";
import { Markdown } from "../../shared/Markdown.tsx";
import classes from "./InfoTab.module.css";

/** The newest entry of the war room, for phones, where the war room is a tab away. */
export function LatestEntry({ caseId }: { caseId: string }) {
  const latest = useQuery({
    queryKey: ["case", caseId, "war-room", "latest"],
    queryFn: async ({ signal }) => (await call("listWarRoom", { params: { id: caseId }, query: { limit: 1 }, signal })).data.items.at(-1) ?? null,
  }).data;
  if (!latest) return null;
  return (
    <section className={`card ${classes.latest}`} aria-label="Latest in the war room">
      <div className="row">
        <Link to="/cases/$id" params={{ id: caseId }} search={{ tab: "war-room" }} className="grow">
          Latest in the war room
        </Link>
        <span className="muted num">{clockText(latest.at)}</span>
      </div>
      <Markdown text={latest.text} />
    </section>
  );
}

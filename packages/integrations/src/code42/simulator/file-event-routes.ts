import * as z from "zod";
import { type Asked, readBody } from "./asked.ts";
import { filterGroups, matchesGroups, type Terms } from "./matches-groups.ts";
import type { StoredFileEvent } from "./stored-file-event.ts";
import { refuse } from "./vendor-problem.ts";

const fileEventQuery = z.object({
  ...filterGroups,
  pgNum: z.int().min(1).default(1),
  pgSize: z.int().min(1).max(10_000).default(100),
  srtKey: z.string().default("event.id"),
  srtDir: z.enum(["asc", "desc"]).default("asc"),
});

export async function searchFileEvents(asked: Asked): Promise<Response> {
  const asking = await readBody(asked, fileEventQuery);
  if ("refusal" in asking) return asking.refusal;
  const { body } = asking;
  const matched = asked.tenant.fileEvents.map((event) => ({ event, matches: matchesGroups(body, fileEventTerms(event)) }));
  if (matched.some(({ matches }) => matches === null)) return refuse(400, "A filter names a term that does not exist.");
  const direction = body.srtDir === "asc" ? 1 : -1;
  const key = (event: StoredFileEvent) => (body.srtKey === "@timestamp" ? event["@timestamp"] : event.event.id);
  const found = matched.filter(({ matches }) => matches === true).sort((one, other) => direction * key(one.event).localeCompare(key(other.event)));
  const page = found.slice((body.pgNum - 1) * body.pgSize, body.pgNum * body.pgSize);
  return Response.json({ fileEvents: page.map(({ event }) => event), totalCount: found.length, nextPgToken: null, problems: null });
}

function fileEventTerms(event: StoredFileEvent): Terms {
  return {
    "@timestamp": event["@timestamp"],
    "event.id": event.event.id,
    "event.action": event.event.action,
    "user.email": event.user.email,
    "user.id": event.user.id,
    "user.deviceuid": event.user.deviceUid,
    "source.name": event.source.name,
    "source.ip": event.source.ip,
    "source.privateip": event.source.privateIp,
    "destination.name": event.destination.name,
    "destination.category": event.destination.category,
    "file.name": event.file.name,
    "file.category": event.file.category,
    "file.hash.md5": event.file.hash.md5,
    "file.hash.sha256": event.file.hash.sha256,
    "risk.score": event.risk.score,
    "risk.severity": event.risk.severity,
  };
}

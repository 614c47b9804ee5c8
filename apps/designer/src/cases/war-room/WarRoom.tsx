import type { CaseDetail, WarRoomEntry } from "@drawbridge/protocol";
import { Button, SegmentedControl, UnstyledButton } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, MessagesSquare, Users } from "lucide-react";
import { Fragment, useEffect, useLayoutEffect, useRef, useState } from "react";
import { call } from "../../api/call.ts";
import { Avatar } from "../../shared/Avatar.tsx";
import { dayText } from "../../shared/format.ts";
import { EmptyState } from "../../shared/EmptyState.tsx";
import { ErrorState } from "../../shared/ErrorState.tsx";
import { notifyDone, notifyProblem } from "../../shared/notify.ts";
import { SkeletonRows } from "../../shared/SkeletonRows.tsx";
import { useNow } from "../../shared/use-now.ts";
import { MembersDialog } from "../MembersDialog.tsx";
import { Composer } from "./Composer.tsx";
import { Entry } from "./Entry.tsx";
import type { useWarRoom } from "./use-war-room.ts";
import classes from "./WarRoom.module.css";

type Kind = "all" | "notes" | "playbook";
const kept: { readonly [Shown in Kind]: (entry: WarRoomEntry) => boolean } = {
  all: () => true,
  notes: (entry) => entry.kind === "note" || entry.kind === "command",
  playbook: (entry) => entry.kind === "playbook",
};

/** The case's log: people's notes and commands, playbooks' entries, live. */
export function WarRoom({ detail, room }: { detail: CaseDetail; room: ReturnType<typeof useWarRoom> }) {
  const [kind, setKind] = useState<Kind>("all");
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [members, setMembers] = useState(false);
  const [unseen, setUnseen] = useState(false);
  const now = useNow(60_000);
  const queries = useQueryClient();
  const { entries, query } = room;
  const shown = entries.filter(kept[kind]);
  const newest = shown.at(-1)?.id;
  const toEnd = () => {
    const element = log.current;
    if (element) element.scrollTop = element.scrollHeight;
    setUnseen(false);
  };
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
  }, [newest, kind]);
  useEffect(() => {
    if (newest !== undefined && !atEnd.current) setUnseen(true);
  }, [newest]);
  const pin = useMutation({
    mutationFn: (entry: WarRoomEntry) =>
      call("addEvidence", { params: { id: detail.id }, body: { title: titleOf(entry), description: entry.text.slice(0, 4_000), entry: entry.id } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["case", detail.id] });
      notifyDone("It is on the evidence board.");
    },
    onError: notifyProblem,
  });
  const people = detail.members.length > 0 ? detail.members : detail.owner ? [detail.owner] : [];

  return (
    <section className={classes.room} aria-label="War room">
      <header className={classes.head}>
        <h2>War room</h2>
        {detail.mayEdit ? (
          <UnstyledButton className={classes.people} aria-label={`Team: ${people.map((person) => person.name).join(", ") || "nobody"}. Change it`} onClick={() => setMembers(true)}>
            {people.length === 0 ? <Users size={16} className="muted" aria-hidden /> : people.slice(0, 4).map((person) => <Avatar key={person.email} person={person} size={26} />)}
          </UnstyledButton>
        ) : (
          <span className={classes.people}>
            {people.slice(0, 4).map((person) => (
              <Avatar key={person.email} person={person} size={26} named />
            ))}
          </span>
        )}
        {people.length > 4 && <span className="muted num">+{people.length - 4}</span>}
        <span className="grow" />
        <SegmentedControl
          aria-label="Which entries"
          value={kind}
          onChange={setKind}
          data={[
            { value: "all", label: "All" },
            { value: "notes", label: "Notes" },
            { value: "playbook", label: "Playbook" },
          ]}
        />
      </header>
      <div
        ref={log}
        className={classes.log}
        tabIndex={0}
        role="log"
        aria-label="Entries"
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
          if (atEnd.current) setUnseen(false);
        }}
      >
        {query.error && entries.length === 0 ? (
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        ) : query.isPending ? (
          <SkeletonRows rows={6} height={56} what="the war room" />
        ) : shown.length === 0 ? (
          <EmptyState icon={MessagesSquare} title={kind === "all" ? "Nothing is written yet" : "Nothing of this kind yet"}>
            Notes, commands and what playbooks do appear here, entry by entry.
          </EmptyState>
        ) : (
          <>
            {query.hasNextPage && (
              <Button size="sm" variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} className={classes.earlier}>
                Earlier entries
              </Button>
            )}
            <ul className={classes.entries}>
              {shown.map((entry, index) => {
                const day = dayText(entry.at, now);
                const before = shown[index - 1];
                return (
                  <Fragment key={entry.id}>
                    {(before === undefined || dayText(before.at, now) !== day) && <li className={classes.day}>{day}</li>}
                    <Entry entry={entry} onPin={detail.mayEdit ? pin.mutate : null} />
                  </Fragment>
                );
              })}
            </ul>
          </>
        )}
      </div>
      {unseen && (
        <Button size="sm" className={classes.unseen} leftSection={<ArrowDown size={14} aria-hidden />} onClick={toEnd}>
          New entries
        </Button>
      )}
      {detail.mayEdit ? <Composer detail={detail} onEntries={room.add} /> : <p className={classes.readOnly}>You can read this war room, and not write in it.</p>}
      {members && <MembersDialog detail={detail} onClose={() => setMembers(false)} />}
    </section>
  );
}

const titleOf = (entry: WarRoomEntry) => (entry.stepName ?? entry.text.split("\n")[0]?.replaceAll(/[*_`#]/g, "") ?? "Entry").slice(0, 200) || "Entry";

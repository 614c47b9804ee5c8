import type { AskView } from "@drawbridge/protocol";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ChevronLeft, UserCheck } from "lucide-react";
import { call } from "../api/call.ts";
import { useWatch } from "../api/live.ts";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { FilterChips } from "../shared/FilterChips.tsx";
import { PageHeader } from "../shared/PageHeader.tsx";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import { usePagedList } from "../shared/use-paged-list.ts";
import { usePageTitle } from "../shared/use-page-title.ts";
import { AskCard } from "./AskCard.tsx";
import classes from "./AsksPage.module.css";
import { TimeLeft } from "./TimeLeft.tsx";

const route = getRouteApi("/signed-in/asks");
const shows = [
  { value: "open", label: "Open" },
  { value: "answered", label: "Answered" },
] as const;

/** Questions that runs put to people: the list, and the one that is read. */
export function AsksPage() {
  usePageTitle("Asks");
  const { ask: chosen, show = "open" } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const narrow = useIsNarrow();
  const readAgain = () => void queries.invalidateQueries({ queryKey: ["asks"] });
  useWatch({ topic: "asks" }, { "ask-changed": readAgain, again: readAgain });
  const list = usePagedList(["asks", "list", show], async (cursor, signal) => (await call("listAsks", { query: { state: show, cursor, limit: 100 }, signal })).data);
  const open = (id: string | undefined) => void navigate({ search: (earlier) => ({ ...earlier, ask: id }) });

  const asks = [...list.items].sort((one, other) => Number(other.mayAnswer) - Number(one.mayAnswer));
  const shown = asks.find((ask) => ask.id === chosen) ?? (narrow ? undefined : asks[0]);

  if (narrow && shown) {
    return (
      <div className={classes.phone}>
        <button type="button" className={classes.back} onClick={() => open(undefined)}>
          <ChevronLeft size={22} aria-hidden />
          Asks
        </button>
        <div className={classes.phoneAsk}>
          <AskCard key={shown.id} ask={shown} onAnswered={() => open(undefined)} />
        </div>
      </div>
    );
  }
  return (
    <>
      <PageHeader title="Asks" count={list.total}>
        <FilterChips label="Which questions" chips={shows} value={show} onChange={(value) => void navigate({ search: { show: value === "open" ? undefined : value } })} />
      </PageHeader>
      <div className={classes.content}>
        {list.error && list.items.length === 0 ? (
          <ErrorState error={list.error} retry={list.again} />
        ) : list.pending ? (
          <SkeletonRows what="the questions" retry={list.again} />
        ) : asks.length === 0 ? (
          <div className={classes.none}>
            <EmptyState icon={UserCheck} title={show === "open" ? "Nobody is asked anything" : "Nothing was answered yet"}>
              When a playbook needs a person's word, its question appears here at once, with what each answer does.
            </EmptyState>
          </div>
        ) : (
          <>
            <ul className={classes.list} aria-label="Questions">
              {asks.map((ask) => (
                <li key={ask.id}>
                  <AskItem ask={ask} current={ask.id === shown?.id} onOpen={() => open(ask.id)} />
                </li>
              ))}
            </ul>
            {shown && (
              <div className={classes.detail}>
                <AskCard key={shown.id} ask={shown} />
              </div>
            )}
          </>
        )}
      </div>
    </>
  );
}

function AskItem({ ask, current, onOpen }: { ask: AskView; current: boolean; onOpen: () => void }) {
  return (
    <button type="button" className={classes.item} aria-current={current || undefined} onClick={onOpen}>
      <span className={classes.itemTop}>
        <b className="cut grow">{ask.title}</b>
        {ask.state === "open" && ask.until !== null && <TimeLeft until={ask.until} />}
      </span>
      <span className={`${classes.itemFacts} cut`}>
        {ask.caseId === null ? "" : `${ask.caseId}, `}
        {ask.playbook.name}, <RelativeTime at={ask.openedAt} />
        {ask.state === "open" && !ask.mayAnswer ? ", for someone else" : ""}
      </span>
    </button>
  );
}

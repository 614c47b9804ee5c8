import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { useLocalStorage, useThrottledCallback, useViewportSize } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Download, LayoutGrid, List, Plus, SlidersHorizontal, Tag, Workflow } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { call } from "../api/call.ts";
import { useWatch } from "../api/live.ts";
import { useMay, useSession } from "../api/session.ts";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { FilterChips } from "../shared/FilterChips.tsx";
import { PageHeader } from "../shared/PageHeader.tsx";
import { SearchField } from "../shared/SearchField.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import { usePagedList } from "../shared/use-paged-list.ts";
import { usePageTitle } from "../shared/use-page-title.ts";
import { VirtualList } from "../shared/VirtualList.tsx";
import classes from "./LibraryPage.module.css";
import { PlaybookCard } from "./PlaybookCard.tsx";
import { PlaybookRow, PlaybookRowHead } from "./PlaybookRow.tsx";
import { SimulateAlert } from "./SimulateAlert.tsx";
import { useDroppedFile } from "./use-dropped-file.ts";

const LibraryFilters = lazy(() => import("./LibraryFilters.tsx").then((module) => ({ default: module.LibraryFilters })));
const ImportDialog = lazy(() => import("./ImportDialog.tsx").then((module) => ({ default: module.ImportDialog })));
const NewPlaybookDialog = lazy(() => import("./NewPlaybookDialog.tsx").then((module) => ({ default: module.NewPlaybookDialog })));

const route = getRouteApi("/signed-in/playbooks");
const sorts = [
  { value: "last-run", label: "Last run first" },
  { value: "updated", label: "Last changed first" },
  { value: "name", label: "By name" },
] as const;
type Sort = (typeof sorts)[number]["value"];

/** So many tags are a press away; the others are in a list. */
const chipCount = 6;
const mostUsed = (tags: readonly { readonly tag: string; readonly count: number }[]) => [...tags].sort((one, other) => other.count - one.count).slice(0, chipCount);

/** Every playbook, searched on the server. */
export function LibraryPage() {
  usePageTitle("Playbooks");
  const { search = "", tag = "", action = "", sort = "last-run" } = route.useSearch();
  const navigate = route.useNavigate();
  const session = useSession();
  const mayEdit = useMay("engineer");
  const mayRun = useMay("analyst");
  const narrow = useIsNarrow();
  const { width } = useViewportSize();
  const [layout, setLayout] = useLocalStorage<"list" | "cards">({ key: "drawbridge-library-layout", defaultValue: "list" });
  const [dialog, setDialog] = useState<"new" | "import" | null>(null);
  const [filtering, setFiltering] = useState(false);
  const [dropped, setDropped] = useState<File | null>(null);
  const drop = useDroppedFile((file) => {
    if (!mayEdit) return;
    setDropped(file);
    setDialog("import");
  });
  const queries = useQueryClient();
  const readAgain = useThrottledCallback(() => void queries.invalidateQueries({ queryKey: ["playbooks"] }), 1_500);
  useWatch({ topic: "runs" }, { "run-changed": readAgain, again: readAgain });

  const list = usePagedList(
    ["playbooks", { search, tag, action, sort }],
    async (cursor, signal) =>
      (await call("listPlaybooks", { query: { search: search || undefined, tag: tag || undefined, action: action || undefined, sort, cursor, limit: 100 }, signal })).data,
  );
  const change = (next: { search?: string; tag?: string; action?: string; sort?: Sort }) =>
    void navigate({
      search: (earlier) => ({
        ...earlier,
        ...next,
        ...(next.search === "" && { search: undefined }),
        ...(next.tag === "" && { tag: undefined }),
        ...(next.action === "" && { action: undefined }),
      }),
      replace: true,
    });

  const tags = list.first?.tags ?? [];
  const chips = [{ value: "", label: "All" }, ...mostUsed(tags).map((each) => ({ value: each.tag, label: each.tag, count: each.count, icon: Tag }))];
  if (tag !== "" && !chips.some((chip) => chip.value === tag)) chips.push({ value: tag, label: tag });
  const filtered = search !== "" || tag !== "" || action !== "";
  const cards = layout === "cards";

  return (
    <div className={classes.page} {...drop.handlers}>
      <PageHeader
        title="Playbooks"
        count={list.total}
        actions={
          <>
            <SearchField value={search} onChange={(value) => change({ search: value })} placeholder="Search names, steps and actions" width={narrow ? "100%" : 280} />
            {session?.sampleWorld && mayRun && <SimulateAlert />}
            {mayEdit && (
              <>
                <Button
                  variant="default"
                  leftSection={<Download size={16} strokeWidth={1.75} aria-hidden />}
                  onClick={() => {
                    setDropped(null);
                    setDialog("import");
                  }}
                >
                  Import
                </Button>
                <Button leftSection={<Plus size={16} strokeWidth={1.75} aria-hidden />} onClick={() => setDialog("new")}>
                  New playbook
                </Button>
              </>
            )}
          </>
        }
      >
        <FilterChips label="Tags" chips={chips} value={tag} onChange={(value) => change({ tag: value })} />
        <span className="grow" />
        {filtering || action !== "" ? (
          <Suspense>
            <LibraryFilters tags={tags.length > chipCount ? tags : null} tag={tag} action={action} onChange={change} />
          </Suspense>
        ) : (
          <Button variant="subtle" color="gray" size="xs" leftSection={<SlidersHorizontal size={14} aria-hidden />} onClick={() => setFiltering(true)}>
            More filters
          </Button>
        )}
        <NativeSelect
          aria-label="Order"
          variant="unstyled"
          w={158}
          classNames={{ input: classes.sort }}
          data={[...sorts]}
          value={sort}
          onChange={(event) => change({ sort: event.currentTarget.value as Sort })}
        />
        {!narrow && (
          <SegmentedControl
            aria-label="Layout"
            value={layout}
            onChange={setLayout}
            data={[
              { value: "cards", label: <Choice icon={LayoutGrid} label="Cards" /> },
              { value: "list", label: <Choice icon={List} label="List" /> },
            ]}
          />
        )}
      </PageHeader>

      <div className={classes.content} data-stale={list.stale || undefined}>
        {list.error && list.items.length === 0 ? (
          <ErrorState error={list.error} retry={list.again} />
        ) : list.pending ? (
          <div className={`card ${classes.list}`}>
            <SkeletonRows rows={8} what="the playbooks" retry={list.again} />
          </div>
        ) : list.items.length === 0 ? (
          <div className="card">
            {filtered ? (
              <EmptyState
                icon={Workflow}
                title="No playbook matches"
                action={
                  <Button variant="default" onClick={() => change({ search: "", tag: "", action: "" })}>
                    Show all
                  </Button>
                }
              >
                Names, descriptions, steps and actions were searched.
              </EmptyState>
            ) : (
              <EmptyState icon={Workflow} title="Draw your first playbook" action={mayEdit && <Button onClick={() => setDialog("new")}>New playbook</Button>}>
                A playbook says, step by step, what happens when something happens. Start with an empty canvas, or import one.
              </EmptyState>
            )}
          </div>
        ) : cards ? (
          <VirtualList
            items={list.items}
            keyOf={(playbook) => playbook.id}
            height={158}
            gap={16}
            columns={narrow ? 1 : width < 1200 ? 2 : width < 1800 ? 3 : 4}
            label="Playbooks"
            more={list.more}
          >
            {(playbook) => <PlaybookCard playbook={playbook} />}
          </VirtualList>
        ) : (
          <div className={`card ${classes.list}`}>
            <VirtualList items={list.items} keyOf={(playbook) => playbook.id} height={49} label="Playbooks" head={<PlaybookRowHead />} more={list.more}>
              {(playbook) => <PlaybookRow playbook={playbook} />}
            </VirtualList>
          </div>
        )}
      </div>
      {drop.over && mayEdit && (
        <div className={classes.over} aria-hidden>
          <Download size={24} />
          Drop the playbook to import it
        </div>
      )}
      <Suspense>
        {dialog === "new" && <NewPlaybookDialog onClose={() => setDialog(null)} />}
        {dialog === "import" && <ImportDialog dropped={dropped} onClose={() => setDialog(null)} />}
      </Suspense>
    </div>
  );
}

function Choice({ icon: Icon, label }: { icon: typeof List; label: string }) {
  return (
    <span className={classes.choice}>
      <Icon size={12} strokeWidth={2} aria-hidden />
      {label}
    </span>
  );
}

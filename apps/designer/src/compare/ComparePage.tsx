import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { ChangeKind } from "../canvas/step-view.ts";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { usePageTitle } from "../shared/use-page-title.ts";
import { useStepCatalog } from "../steps/use-step-catalog.ts";
import classes from "./Compare.module.css";
import { CompareHeader } from "./CompareHeader.tsx";
import { CompareView } from "./CompareView.tsx";
import { useCompared, versionsQuery } from "./use-compared.ts";

const route = getRouteApi("/signed-in/playbooks/$id/compare");

/** Two versions of a playbook, or one and the person's draft: what differs, on the canvas and as a list. */
export function ComparePage({ id }: { id: string }) {
  const { from, to, kind, at } = route.useSearch();
  const navigate = route.useNavigate();
  const { catalog, error: catalogError, again: catalogAgain } = useStepCatalog();
  const versions = useQuery(versionsQuery(id));
  const { draft, sides, comparison, error, again } = useCompared(id, { from, to }, catalog);
  const name = draft?.playbook.name ?? id;
  usePageTitle(`Compare ${name}`);
  const put = useCallback(
    (change: { readonly from?: number | "draft"; readonly to?: number | "draft"; readonly kind?: ChangeKind | undefined; readonly at?: string | undefined }) =>
      void navigate({ search: (earlier) => ({ ...earlier, ...change }), replace: true }),
    [navigate],
  );
  const putAt = useCallback((key: string) => put({ at: key }), [put]);
  const failed = error ?? catalogError;
  return (
    <div className={classes.page}>
      <CompareHeader
        id={id}
        name={name}
        versions={versions.data ?? []}
        live={draft?.live ?? null}
        hasDraft={draft?.draft ?? false}
        sides={sides}
        onSides={(next) => put({ ...next, at: undefined, kind: undefined })}
      />
      {failed ? (
        <ErrorState
          error={failed}
          retry={() => {
            again();
            catalogAgain();
          }}
        />
      ) : draft && sides === null ? (
        <EmptyState title="Nothing is published yet">Once a version is live, your draft can be compared with it.</EmptyState>
      ) : comparison && catalog && sides ? (
        <CompareView
          key={`${sides.from}/${sides.to}`}
          comparison={comparison}
          catalog={catalog}
          kind={kind ?? null}
          onKind={(next) => put({ kind: next ?? undefined })}
          at={at ?? null}
          onAt={putAt}
        />
      ) : (
        <SkeletonRows what="both versions" />
      )}
    </div>
  );
}

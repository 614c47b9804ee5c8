import type { Playbook } from "@drawbridge/playbook";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Answer, call } from "../api/call.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { compare, type Comparison } from "./comparison.ts";

/** A version by its number, the one that is live, or the person's own draft. */
export type VersionSide = number | "live" | "draft";
export type VersionFacts = Answer<"listVersions">["items"][number];

/** Every published version's facts, newest first. */
export const versionsQuery = (id: string) => ({
  queryKey: ["playbook", id, "versions", "all"],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<readonly VersionFacts[]> => {
    const items: VersionFacts[] = [];
    for (let cursor: string | undefined; ;) {
      const { data } = await call("listVersions", { params: { id }, query: { limit: 500, cursor }, signal });
      items.push(...data.items);
      if (data.next === null) return items;
      cursor = data.next;
    }
  },
});

/** A published version, which never changes. */
export const versionQuery = (id: string, version: number) => ({
  queryKey: ["playbook", id, "version", version],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await call("getVersion", { params: { id, version }, signal })).data,
  staleTime: Infinity,
});

interface Asked {
  readonly from: VersionSide | undefined;
  readonly to: VersionSide | undefined;
}

/** The two that are asked for; without words for it, what the person's draft changes, or else what the newest version changed. */
export function chosenSides(
  { from, to }: Asked,
  { live, base, draft }: Pick<Answer<"getDraft">, "live" | "base" | "draft">,
): { readonly from: number | "draft"; readonly to: number | "draft" } | null {
  if (live === null) return null;
  const known = (side: VersionSide) => (side === "live" ? live : side);
  const later = known(to ?? (draft ? "draft" : live));
  const earlier = later === "draft" ? (base ?? live) : Math.max(1, later - 1);
  return { from: known(from ?? earlier), to: later };
}

/** Reads both sides and compares them. */
export function useCompared(id: string, asked: Asked, catalog: StepCatalog | null) {
  const draft = useQuery({
    queryKey: ["playbook", id, "draft", "compared"],
    queryFn: async ({ signal }) => (await call("getDraft", { params: { id }, signal })).data,
    staleTime: 0,
    gcTime: 0,
  });
  const sides = draft.data ? chosenSides(asked, draft.data) : null;
  const before = useSide(id, sides?.from, draft.data?.playbook);
  const after = useSide(id, sides?.to, draft.data?.playbook);
  const comparison = useMemo(
    (): Comparison | null => (catalog && before.playbook && after.playbook ? compare(before.playbook, after.playbook, catalog) : null),
    [before.playbook, after.playbook, catalog],
  );
  return {
    draft: draft.data,
    sides,
    comparison,
    error: draft.error ?? before.error ?? after.error,
    again: () => {
      void draft.refetch();
      before.again();
      after.again();
    },
  };
}

function useSide(
  id: string,
  side: number | "draft" | undefined,
  draft: Playbook | undefined,
): { readonly playbook: Playbook | undefined; readonly error: Error | null; readonly again: () => void } {
  const version = useQuery({ ...versionQuery(id, typeof side === "number" ? side : 1), enabled: typeof side === "number" });
  if (side === "draft") return { playbook: draft, error: null, again: () => undefined };
  return { playbook: side === undefined ? undefined : version.data?.playbook, error: version.error, again: () => version.isError && void version.refetch() };
}

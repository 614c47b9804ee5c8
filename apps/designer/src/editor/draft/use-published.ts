import { useQuery } from "@tanstack/react-query";
import { call } from "../../api/call.ts";
import { useDraft, useEditor } from "../editor-context.ts";

export interface PublishedMeanwhile {
  readonly version: number;
  readonly by: { readonly email: string; readonly name: string };
  readonly note: string;
  readonly rolledBackTo: number | null;
  /** The version that the person's own draft stands on still; null when the new one is what is shown. */
  readonly staleBase: number | null;
}

/** The version that was published while this draft was open, or since it was begun; null when there is none. */
export function usePublished(): PublishedMeanwhile | null {
  const { id } = useEditor();
  const { live, base, draft: own } = useDraft((state) => state.facts);
  const told = useDraft((state) => state.published);
  const stale = own && live !== null && base !== null && base < live;
  const isTold = told !== null && told.version === live;
  const facts = useQuery({
    queryKey: ["playbook", id, "published", live],
    queryFn: async ({ signal }) => {
      const [newest] = (await call("listVersions", { params: { id }, query: { limit: 1 }, signal })).data.items;
      if (!newest) return null;
      const people = (await call("listPeople", { query: { search: newest.by, limit: 10 }, signal })).data.items;
      return { version: newest.version, by: people.find(({ email }) => email === newest.by) ?? { email: newest.by, name: newest.by }, note: newest.note, rolledBackTo: null };
    },
    enabled: stale && !isTold,
    staleTime: Infinity,
  });
  if (isTold) return own && !stale ? null : { ...told, staleBase: stale ? base : null };
  return stale && facts.data?.version === live ? { ...facts.data, staleBase: base } : null;
}

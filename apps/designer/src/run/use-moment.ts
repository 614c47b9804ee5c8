import { useDebouncedCallback } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";

/** A moment of a run, null while it is looked at live, and the step that is selected. */
export interface Moment {
  readonly seq: number | null;
  readonly step: string | null;
}

const route = getRouteApi("/signed-in/runs/$id");

/** The moment and the step that are looked at; the address names them, a little later, so that a link leads back here. */
export function useMoment(): readonly [Moment, (change: Partial<Moment>) => void] {
  const { seq, step } = route.useSearch();
  const navigate = route.useNavigate();
  const [moment, setMoment] = useState<Moment>({ seq: seq ?? null, step: step ?? null });
  const tell = useDebouncedCallback(({ seq: at, step: on }: Moment) => void navigate({ search: { seq: at ?? undefined, step: on ?? undefined }, replace: true }), 300);
  const change = (part: Partial<Moment>): void => {
    const next = { ...moment, ...part };
    setMoment(next);
    tell(next);
  };
  return [moment, change];
}

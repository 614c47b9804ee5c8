import { json, type Json } from "@drawbridge/playbook";
import { useCallback, useMemo, useState } from "react";
import * as z from "zod";
import { useSession } from "../../api/session.ts";

type Pins = { readonly [step: string]: Json };

const stored = z.record(z.string(), json);

/** What steps return in this person's dry runs without doing their work; kept in this browser, never in the document. */
export function usePins(playbook: string): readonly [Pins, (step: string, output: Json | undefined) => void] {
  const key = `drawbridge.pins.${useSession()?.person.id ?? ""}.${playbook}`;
  const [changed, setChanged] = useState<{ readonly key: string; readonly pins: Pins } | null>(null);
  const kept = useMemo(() => read(key), [key]);
  const pins = changed?.key === key ? changed.pins : kept;
  const put = useCallback(
    (step: string, output: Json | undefined) => {
      const { [step]: _old, ...rest } = read(key);
      const next = output === undefined ? rest : { ...rest, [step]: output };
      window.localStorage.setItem(key, JSON.stringify(next));
      setChanged({ key, pins: next });
    },
    [key],
  );
  return [pins, put];
}

function read(key: string): Pins {
  try {
    return stored.parse(JSON.parse(window.localStorage.getItem(key) ?? "{}"));
  } catch {
    return {};
  }
}

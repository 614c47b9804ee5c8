import type { Playbook } from "@drawbridge/playbook";
import { useEffect, useState } from "react";
import { useEditor } from "./editor-context.ts";

/** The document as it was when it last stood still for a while; what uses it is not drawn anew for each key. */
export function useSettledPlaybook(ms = 250): Playbook {
  const { store } = useEditor();
  const [settled, setSettled] = useState(() => store.getState().playbook);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setSettled(store.getState().playbook), ms);
    };
    later();
    const stop = store.subscribe((state, before) => {
      if (state.playbook !== before.playbook) later();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [store, ms]);
  return settled;
}

import { useSyncExternalStore } from "react";

const query = "(width < 900px)";

/** Whether the window is too narrow for the canvas with its panels. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => window.matchMedia(query).matches,
  );
}

import { useMediaQuery } from "@mantine/hooks";

/** Whether the screen is under 900 px, where pages become what a phone shows. */
export function useIsNarrow(): boolean {
  return useMediaQuery("(width < 900px)", window.matchMedia("(width < 900px)").matches, { getInitialValueInEffect: false });
}

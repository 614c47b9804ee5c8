import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { themes } from "./themes.ts";

/** Light, dark, or as the system has it; kept in the browser. */
export function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return <SegmentedControl fullWidth aria-label="Theme" value={colorScheme} onChange={setColorScheme} data={[...themes]} />;
}

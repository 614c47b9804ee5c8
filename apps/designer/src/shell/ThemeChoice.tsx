import { SegmentedControl, useMantineColorScheme } from "@mantine/core";

/** Light, dark, or as the system has it; kept in the browser. */
export function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      aria-label="Theme"
      value={colorScheme}
      onChange={setColorScheme}
      data={[
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
        { value: "auto", label: "System" },
      ]}
    />
  );
}

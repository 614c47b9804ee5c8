import type { MantineColorScheme } from "@mantine/core";

/** Light, dark, or as the system has it. */
export const themes: readonly { readonly value: MantineColorScheme; readonly label: string }[] = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "auto", label: "System" },
];

export const isTheme = (value: string): value is MantineColorScheme => themes.some((each) => each.value === value);

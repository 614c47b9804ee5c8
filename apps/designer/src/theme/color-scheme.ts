import { localStorageColorSchemeManager } from "@mantine/core";

/** Where the chosen theme is kept; `public/color-scheme.js` reads the same key before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: "drawbridge-color-scheme" });

import { createContext } from "react";
import type { KnownOperator } from "./complete.ts";
import type { KnownPath } from "./known-paths.ts";

/** What expressions in the panel at hand can name. */
export const KnownContext = createContext<{ readonly paths: readonly KnownPath[]; readonly operators: readonly KnownOperator[] }>({ paths: [], operators: [] });

import { pino } from "pino";
import type { Redactor } from "./secrets/redactor.ts";

export type Log = ReturnType<typeof createLog>;

/** Structured logs on standard error; known secrets are taken out of every line. */
export function createLog(level: string, redactor: Redactor) {
  const sink = { write: (line: string) => void process.stderr.write(redactor.text(line)) };
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ["password", "*.password", "headers.cookie", "headers.authorization", "*.token", "*.clientSecret", "*.apiKey"], censor: "••••••" },
    },
    sink,
  );
}

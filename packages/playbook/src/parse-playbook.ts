import type * as z from "zod";
import { isRefusedKey } from "./expression/scope.ts";
import type { Json } from "./json.ts";
import { jsonErrorAt } from "./json-error-at.ts";
import { migrate } from "./migrations/migrate.ts";
import { currentSchemaVersion, type Playbook, playbook } from "./playbook.ts";
import { pointerOf } from "./pointer.ts";
import { stepKinds } from "./steps/registry.ts";

export type ParseProblemCode = "not-json" | "too-large" | "too-deep" | "refused-key" | "unknown-schema-version" | "unknown-step-kind" | "invalid-document";

/** Why a document is no playbook; `line` and `column` count from 1 and are given for text that is not JSON. */
export interface ParseProblem {
  readonly code: ParseProblemCode;
  readonly message: string;
  readonly pointer: string;
  readonly line?: number;
  readonly column?: number;
}

export type ParsedPlaybook = { readonly ok: true; readonly playbook: Playbook } | { readonly ok: false; readonly problems: readonly ParseProblem[] };

const deepest = 100;
const mostProblems = 100;
const failed = (...problems: ParseProblem[]): ParsedPlaybook => ({ ok: false, problems });

/** A value that is nested too deep, or holds a key that could reach a prototype. */
export function shapeProblem(input: unknown): ParseProblem | null {
  const open: { value: unknown; at: readonly (string | number)[] }[] = [{ value: input, at: [] }];
  for (let each = open.pop(); each; each = open.pop()) {
    const { value, at } = each;
    if (typeof value !== "object" || value === null) continue;
    if (at.length > deepest) return { code: "too-deep", message: `The document is nested more than ${deepest} levels deep.`, pointer: pointerOf(at.slice(0, 8)) };
    for (const [key, part] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
      if (typeof key === "string" && isRefusedKey(key)) return { code: "refused-key", message: `The key "${key}" is not allowed.`, pointer: pointerOf([...at, key]) };
      open.push({ value: part, at: [...at, key] });
    }
  }
  return null;
}

function problemsOf(issue: z.core.$ZodIssue): ParseProblem[] {
  const at = issue.path.map((segment) => (typeof segment === "symbol" ? String(segment) : segment));
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ code: "invalid-document", message: `The field "${key}" is unknown.`, pointer: pointerOf([...at, key]) }));
  if (issue.code === "invalid_key") return [{ code: "invalid-document", message: issue.issues[0]?.message ?? issue.message, pointer: pointerOf(at) }];
  if (issue.code === "invalid_union" && at.length === 3 && at[0] === "steps" && at[2] === "kind")
    return [{ code: "unknown-step-kind", message: `The step's kind must be one of ${stepKinds.join(", ")}.`, pointer: pointerOf(at) }];
  return [{ code: "invalid-document", message: issue.message, pointer: pointerOf(at) }];
}

/** Reads a playbook from any JSON value. Nothing is repaired: it is a playbook, or there are problems. */
export function parsePlaybook(input: unknown): ParsedPlaybook {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return failed({ code: "invalid-document", message: "A playbook is a JSON object.", pointer: "" });
  const shape = shapeProblem(input);
  if (shape) return failed(shape);
  const document = migrate(input as { readonly [key: string]: Json });
  if (!document) return failed({ code: "unknown-schema-version", message: `The schemaVersion must be ${currentSchemaVersion} or an earlier one.`, pointer: "/schemaVersion" });
  const parsed = playbook.safeParse(document);
  return parsed.success ? { ok: true, playbook: parsed.data } : failed(...parsed.error.issues.flatMap(problemsOf).slice(0, mostProblems));
}

/** The length of a text in UTF-8, counted no further than over the limit. */
function utf8Bytes(text: string, limit: number): number {
  if (text.length > limit) return text.length;
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
  }
  return bytes;
}

function notJson(text: string): ParseProblem {
  const before = text.slice(0, jsonErrorAt(text));
  const [line, column] = [before.split("\n").length, before.length - before.lastIndexOf("\n")];
  return { code: "not-json", message: `The text is not JSON (line ${line}, column ${column}).`, pointer: "", line, column };
}

/** Reads a playbook from JSON text of at most `maxBytes` bytes of UTF-8 (5 MB unless told otherwise). */
export function parsePlaybookText(text: string, { maxBytes = 5_000_000 }: { readonly maxBytes?: number } = {}): ParsedPlaybook {
  if (utf8Bytes(text, maxBytes) > maxBytes) return failed({ code: "too-large", message: `The document is larger than ${maxBytes} bytes.`, pointer: "" });
  const json = text.startsWith("\ufeff") ? text.slice(1) : text;
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    return failed(notJson(json));
  }
  return parsePlaybook(document);
}

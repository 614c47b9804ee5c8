import { useEffect, useRef } from "react";
import type { Arrangement } from "./arrange.ts";

/** What keys do in the editor. */
export interface Shortcuts {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly remove: () => void;
  readonly selectAll: () => void;
  readonly clear: () => void;
  readonly duplicate: () => void;
  readonly copyText: () => string | null;
  readonly cut: () => void;
  readonly paste: (text: string) => void;
  readonly search: () => void;
  readonly commands: () => void;
  readonly toggleView: () => void;
  readonly foldLeft: () => void;
  readonly foldRight: () => void;
  readonly fit: () => void;
  readonly fitSelection: () => void;
  readonly arrange: (how: Arrangement) => void;
  readonly connect: () => void;
  readonly group: () => void;
  readonly ungroup: () => void;
  readonly fold: () => void;
  readonly help: () => void;
}

const plainKeys: { readonly [key: string]: keyof Shortcuts } = {
  Delete: "remove",
  Backspace: "remove",
  Escape: "clear",
  "/": "search",
  o: "toggleView",
  c: "connect",
  f: "fold",
  "[": "foldLeft",
  "]": "foldRight",
  "1": "fit",
  "2": "fitSelection",
  "?": "help",
};
const controlKeys: { readonly [key: string]: keyof Shortcuts } = { z: "undo", y: "redo", a: "selectAll", d: "duplicate", k: "commands", g: "group" };
const controlShiftKeys: { readonly [key: string]: keyof Shortcuts } = { z: "redo", g: "ungroup" };

/** With Alt, by the key's place, since Alt changes the letter on some systems. */
const altKeys: { readonly [code: string]: Arrangement } = { KeyA: "left", KeyH: "centre", KeyD: "right", KeyW: "top", KeyV: "middle", KeyS: "bottom" };
const altShiftKeys: { readonly [code: string]: Arrangement } = { KeyH: "across", KeyV: "down" };

/** Whether keys belong to a field, a menu or a dialog. */
function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"], [role="listbox"]:not([aria-multiselectable])',
    ) !== null
  );
}

/** Listens for keys and for copy, cut and paste, while no field has them. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const how = event.altKey && !event.ctrlKey && !event.metaKey ? (event.shiftKey ? altShiftKeys : altKeys)[event.code] : undefined;
      if (how && !isTaken(event.target) && !document.querySelector('[aria-modal="true"]')) {
        event.preventDefault();
        return latest.current.arrange(how);
      }
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const name = control ? (event.shiftKey ? controlShiftKeys : controlKeys)[key] : event.altKey ? undefined : (plainKeys[event.key] ?? plainKeys[key]);
      if (!name || (isTaken(event.target) && name !== "commands") || document.querySelector('[aria-modal="true"]')) return;
      if (name === "copyText" || name === "paste" || name === "arrange") return;
      event.preventDefault();
      latest.current[name]();
    };
    const onCopy = (event: ClipboardEvent, cut: boolean) => {
      if (isTaken(event.target) || !(window.getSelection()?.isCollapsed ?? true)) return;
      const text = latest.current.copyText();
      if (text === null || !event.clipboardData) return;
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      if (cut) latest.current.cut();
    };
    const copy = (event: ClipboardEvent) => onCopy(event, false);
    const cut = (event: ClipboardEvent) => onCopy(event, true);
    const paste = (event: ClipboardEvent) => {
      if (isTaken(event.target)) return;
      const text = event.clipboardData?.getData("text/plain");
      if (text) latest.current.paste(text);
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("copy", copy);
    document.addEventListener("cut", cut);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", cut);
      document.removeEventListener("paste", paste);
    };
  }, []);
}

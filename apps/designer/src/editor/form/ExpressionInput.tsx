import { Popover } from "@mantine/core";
import { compileTemplate } from "@drawbridge/playbook";
import { type KeyboardEvent, useContext, useId, useMemo, useRef, useState } from "react";
import { complete } from "../completion/complete.ts";
import { KnownContext } from "../completion/known-context.ts";
import classes from "./form.module.css";

/** A text that may hold `{{ }}`, with completion. */
export function ExpressionInput({
  id,
  label,
  value,
  onChange,
  placeholder,
  lines = 1,
  leaveExpression,
  bare = false,
  invalid,
}: {
  id?: string | undefined;
  label: string;
  value: string;
  onChange: (text: string) => void;
  placeholder?: string | undefined;
  lines?: number;
  /** Called when `fx` is pressed while it is an expression: back to a plain control. */
  leaveExpression?: (() => void) | undefined;
  /** The text is the inside of a `{{ }}` and always an expression. */
  bare?: boolean;
  invalid?: boolean | undefined;
}) {
  const { paths, operators } = useContext(KnownContext);
  const listId = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const isExpression = bare || value.includes("{{");
  const offers = useMemo(() => {
    if (caret === null) return [];
    if (!bare) return complete(value, caret, paths, operators);
    return complete(`{{ ${value}`, caret + 3, paths, operators).map((each) => ({
      ...each,
      text: each.text.replace(/^\{\{ /, "").replace(/\s*\}\}$/, ""),
      caret: Math.max(0, each.caret - 3),
    }));
  }, [bare, caret, value, paths, operators]);
  const problem = useMemo(() => problemOf(bare && value !== "" ? `{{ ${value} }}` : value), [bare, value]);
  const open = offers.length > 0;
  const at = Math.min(active, offers.length - 1);

  const take = (index: number) => {
    const offer = offers[index];
    if (!offer) return;
    onChange(offer.text);
    setCaret(null);
    requestAnimationFrame(() => input.current?.setSelectionRange(offer.caret, offer.caret));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key === " " && event.ctrlKey) {
        event.preventDefault();
        setCaret(input.current?.selectionStart ?? value.length);
      }
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setActive((at + (event.key === "ArrowDown" ? 1 : offers.length - 1)) % offers.length);
    } else if (event.key === "Tab" || event.key === "Enter") {
      event.preventDefault();
      take(at);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setCaret(null);
    }
  };
  const startExpression = () => {
    if (isExpression && !bare && leaveExpression) return leaveExpression();
    input.current?.focus();
    if (!isExpression && value === "") onChange("{{  }}");
    const place = !isExpression && value === "" ? 3 : (input.current?.selectionStart ?? value.length);
    requestAnimationFrame(() => {
      input.current?.setSelectionRange(place, place);
      setCaret(place);
    });
  };

  return (
    <Popover opened={open} position="bottom-start" offset={6} trapFocus={false} returnFocus={false} withRoles={false} withinPortal middlewares={{ flip: true, shift: true }}>
      <Popover.Target>
        <div className={classes.box} data-invalid={invalid || problem !== null || undefined}>
          <button
            type="button"
            className={classes.fx}
            aria-pressed={isExpression}
            aria-label={`fx, ${label}: ${isExpression && leaveExpression ? "use a plain value" : "insert an expression"}`}
            title="Expression"
            onClick={startExpression}
          >
            fx
          </button>
          <textarea
            ref={input}
            id={id}
            aria-label={label}
            className={classes.text}
            data-expression={isExpression || undefined}
            rows={lines}
            value={value}
            placeholder={placeholder}
            spellCheck={!isExpression}
            aria-controls={open ? listId : undefined}
            aria-autocomplete="list"
            aria-activedescendant={open ? `${listId}-${at}` : undefined}
            aria-invalid={problem !== null || undefined}
            onChange={(event) => {
              onChange(event.currentTarget.value);
              setActive(0);
              const place = event.currentTarget.selectionStart;
              setCaret(bare || event.currentTarget.value.slice(0, place).includes("{{") ? place : null);
            }}
            onKeyDown={onKeyDown}
            onClick={(event) => (bare || isExpression) && setCaret(event.currentTarget.selectionStart)}
            onBlur={() => setCaret(null)}
          />
        </div>
      </Popover.Target>
      {problem && (
        <p className={classes.error} role="alert">
          {problem}
        </p>
      )}
      <Popover.Dropdown p={0}>
        <ul id={listId} role="listbox" aria-label="What can be put here" className={classes.offers}>
          {offers.map((offer, index) => (
            <li
              key={offer.label}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              className={classes.offer}
              ref={(element) => {
                if (index === at) element?.scrollIntoView({ block: "nearest" });
              }}
              onPointerDown={(event) => {
                event.preventDefault();
                take(index);
              }}
            >
              <span className={classes.type}>{offer.type.charAt(0).toUpperCase()}</span>
              <b>
                <bdi>{offer.label}</bdi>
              </b>
              <span className={classes.offerDetail}>{offer.detail}</span>
            </li>
          ))}
        </ul>
        <div className={classes.keys} aria-hidden>
          <span>↑↓ choose</span>
          <span>Tab insert</span>
          <span>| transform</span>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function problemOf(text: string): string | null {
  if (!text.includes("{{") || /\{\{\s*\}\}/.test(text)) return null;
  try {
    compileTemplate(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

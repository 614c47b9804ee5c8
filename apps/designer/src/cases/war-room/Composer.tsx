import type { CaseDetail } from "@drawbridge/protocol";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { PenLine, Send, Terminal, Workflow } from "lucide-react";
import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useCatalog } from "../../api/catalog.ts";
import { call } from "../../api/call.ts";
import { inputsQuery } from "../../library/playbook-inputs.ts";
import { startableQuery } from "../../library/startable-playbooks.ts";
import { ProblemNote } from "../../shared/ProblemNote.tsx";
import { IntegrationTile, Tile } from "../../shared/Tile.tsx";
import { type CommandOption, completeCommand } from "./complete-command.ts";
import { completeRun, isRunCommand, playbookNamed } from "./complete-run.ts";
import classes from "./Composer.module.css";
import type { useWarRoom } from "./use-war-room.ts";

/** Where notes are written and commands run, with completion from the catalogue and the case's facts. */
export function Composer({ detail, onEntries }: { detail: CaseDetail; onEntries: ReturnType<typeof useWarRoom>["add"] }) {
  const catalog = useCatalog();
  const field = useRef<HTMLTextAreaElement>(null);
  const caretToPlace = useRef<number | null>(null);
  const listId = useId();
  const [text, setText] = useState("");
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [folded, setFolded] = useState(false);
  const values = useMemo(() => factTexts(detail), [detail]);
  const today = new Date().toLocaleDateString("sv-SE");
  const starts = text.startsWith("/");
  const playbooks = useQuery({ ...startableQuery, enabled: starts });
  const named = playbookNamed(text);
  const inputs = useQuery({ ...inputsQuery(named ?? ""), enabled: named !== null && (playbooks.data?.some(({ id }) => id === named) ?? false) });
  const completion = starts
    ? completeRun(text, caret, playbooks.data ?? [], inputs.data?.inputs ?? null, values, today)
    : completeCommand(text, caret, catalog?.actions ?? [], values, today);
  const options = folded ? [] : completion.options;
  const current = Math.min(chosen, options.length - 1);
  const isCommand = text.startsWith("!") || isRunCommand(text);

  const send = useMutation({
    mutationFn: () => call("addEntry", { params: { id: detail.id }, body: { text: text.trim() } }),
    onSuccess: ({ data }) => {
      setText("");
      setCaret(0);
      onEntries(data.entries);
    },
  });
  const change = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    setChosen(0);
    setFolded(false);
    send.reset();
  };
  const take = (option: CommandOption) => {
    const next = text.slice(0, option.from) + option.insert + text.slice(option.to).trimStart();
    const at = option.from + option.insert.length;
    caretToPlace.current = at;
    change(next, at);
  };
  // At once, since the next key may come before the next frame.
  useLayoutEffect(() => {
    const at = caretToPlace.current;
    if (at === null) return;
    caretToPlace.current = null;
    field.current?.focus();
    field.current?.setSelectionRange(at, at);
  }, [text]);
  const ready = text.trim() !== "" && text.trim() !== "!" && text.trim() !== "/run" && !send.isPending && (!isCommand || completion.missing.length === 0);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const option = options[current];
    if (options.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      setChosen((current + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length);
    } else if (option && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      take(option);
    } else if (options.length > 0 && event.key === "Escape") {
      event.preventDefault();
      setFolded(true);
    } else if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if ((isCommand || starts) && option && !completion.target) take(option);
      else if (ready) send.mutate();
    }
  };

  return (
    <div className={classes.composer}>
      {options.length > 0 && (
        <div className={classes.popup}>
          {completion.target && (
            <div className={classes.action}>
              {completion.target.integration === null ? <Tile icon={Workflow} size={20} /> : <IntegrationTile id={completion.target.integration} size={20} />}
              <b className="cut">{completion.target.title}</b>
              {completion.target.changes && (
                <span className={classes.changes}>
                  <PenLine size={12} aria-hidden />
                  changes
                </span>
              )}
            </div>
          )}
          <ul id={listId} role="listbox" aria-label="Completions" className={classes.options}>
            {options.map((option, index) => (
              <li
                key={option.label}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === current}
                ref={index === current ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
                onMouseDown={(event) => {
                  event.preventDefault();
                  take(option);
                }}
              >
                <span className={`${classes.label} mono cut`}>{option.label}</span>
                <span className="cut muted">{option.hint}</span>
              </li>
            ))}
          </ul>
          <div className={classes.keys} aria-hidden>
            <span>
              <kbd>Tab</kbd> fill in
            </span>
            <span>
              <kbd>Enter</kbd> run as you
            </span>
            <span>
              <kbd>Esc</kbd> close
            </span>
          </div>
        </div>
      )}
      {send.error && <ProblemNote error={send.error} />}
      <div className={classes.box}>
        <textarea
          ref={field}
          className={classes.text}
          data-command={isCommand || undefined}
          rows={Math.min(6, Math.max(2, text.split("\n").length))}
          value={text}
          maxLength={32_000}
          placeholder="Write a note, ! for a command, /run for a playbook"
          aria-label="War room entry"
          aria-haspopup="listbox"
          aria-controls={options.length > 0 ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={options.length > 0 ? `${listId}-${current}` : undefined}
          spellCheck={!isCommand}
          onChange={(event) => change(event.currentTarget.value, event.currentTarget.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <div className="row">
          <Button
            size="sm"
            variant="subtle"
            leftSection={<Terminal size={14} aria-hidden />}
            onClick={() => {
              change(isCommand ? text : `!${text}`, 1);
              field.current?.focus();
            }}
          >
            Command
          </Button>
          <span className="grow cut muted">{isCommand && completion.missing.length > 0 ? `needs ${completion.missing.join(", ")}` : ""}</span>
          <Button size="sm" leftSection={<Send size={14} aria-hidden />} disabled={!ready} loading={send.isPending} onClick={() => send.mutate()}>
            {isCommand ? "Run" : "Post"}
          </Button>
        </div>
      </div>
    </div>
  );
}

function factTexts(detail: CaseDetail): ReadonlyMap<string, string> {
  const facts = Object.entries(detail.fields).flatMap(([key, { value }]): [string, string][] => {
    const first = Array.isArray(value) ? value[0] : value;
    return typeof first === "string" || typeof first === "number" ? [[key, String(first)]] : [];
  });
  return new Map([["caseId", detail.id], ...facts]);
}

import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback, useHotkeys } from "@mantine/hooks";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import classes from "./SearchField.module.css";

/** A search that reports 200 ms after the last key; `/` puts the caret in it. */
export function SearchField({ value, onChange, placeholder, width = 300 }: { value: string; onChange: (value: string) => void; placeholder: string; width?: number | string }) {
  const [text, setText] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const told = useRef(value);
  const report = useDebouncedCallback((next: string) => {
    told.current = next;
    onChange(next);
  }, 200);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);
  useHotkeys([["/", () => field.current?.focus()]]);
  const change = (next: string) => {
    setText(next);
    report(next);
  };
  return (
    <TextInput
      ref={field}
      type="search"
      w={width}
      value={text}
      aria-label={placeholder}
      placeholder={placeholder}
      leftSection={<Search size={14} strokeWidth={1.75} aria-hidden />}
      rightSection={text === "" ? <kbd className={classes.key}>/</kbd> : <CloseButton size="sm" aria-label="Clear the search" onClick={() => change("")} />}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && text !== "") change("");
      }}
    />
  );
}

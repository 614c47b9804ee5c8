import { Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";

/** A text of the document. What the document refuses stays on screen with the reason, and is put back on leaving. */
export function DraftInput({
  label,
  value,
  commit,
  description,
  placeholder,
  lines,
  mono,
  required,
  rightSection,
}: {
  label: string;
  value: string;
  commit: (text: string) => string | null;
  description?: string;
  placeholder?: string;
  lines?: number;
  mono?: boolean;
  required?: boolean;
  rightSection?: ReactNode;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const last = useRef(value);
  useEffect(() => {
    if (last.current === value) return;
    last.current = value;
    setDraft(null);
    setProblem(null);
  }, [value]);
  const shared = {
    label,
    value: draft ?? value,
    ...(description !== undefined && { description }),
    ...(placeholder !== undefined && { placeholder }),
    error: problem,
    onChange: (event: { currentTarget: { value: string } }) => {
      const text = event.currentTarget.value;
      const refused = required && text.trim() === "" ? "This must not be empty." : commit(text);
      setProblem(refused);
      setDraft(refused === null ? null : text);
      if (refused === null) last.current = text;
    },
    onBlur: () => {
      setDraft(null);
      setProblem(null);
    },
    styles: mono ? { input: { fontFamily: "var(--mono)", fontSize: 12 } } : {},
  };
  return lines ? <Textarea {...shared} autosize minRows={lines} maxRows={14} /> : <TextInput {...shared} rightSection={rightSection} />;
}

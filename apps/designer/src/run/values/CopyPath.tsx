import { ActionIcon } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Check, Link2 } from "lucide-react";
import classes from "./values.module.css";

/** Copies the path by which an expression reads the value. */
export function CopyPath({ path }: { path: string }) {
  const clipboard = useClipboard({ timeout: 2_000 });
  const Icon = clipboard.copied ? Check : Link2;
  const words = clipboard.copied ? "Copied" : `Copy path ${path}`;
  return (
    <ActionIcon size={18} variant="subtle" color="gray" className={classes.copy} aria-label={words} title={words} onClick={() => clipboard.copy(path)}>
      <Icon size={12} strokeWidth={1.75} aria-hidden />
    </ActionIcon>
  );
}

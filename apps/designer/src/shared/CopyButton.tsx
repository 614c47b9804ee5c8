import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Check, Copy } from "lucide-react";

/** Copies a value; says so for two seconds. */
export function CopyButton({ value, label = "Copy" }: { value: string; label?: string }) {
  const clipboard = useClipboard({ timeout: 2_000 });
  const Icon = clipboard.copied ? Check : Copy;
  return (
    <Tooltip label={clipboard.copied ? "Copied" : label}>
      <ActionIcon size="sm" aria-label={clipboard.copied ? "Copied" : label} onClick={() => clipboard.copy(value)}>
        <Icon size={14} strokeWidth={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

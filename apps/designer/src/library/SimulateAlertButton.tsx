import { Button, type ButtonProps } from "@mantine/core";
import { ChevronDown, Siren } from "lucide-react";
import type { ComponentProps } from "react";

/** Opens the list of alerts that the sample world can raise. */
export function SimulateAlertButton(props: ButtonProps & ComponentProps<"button">) {
  return (
    <Button variant="default" leftSection={<Siren size={16} strokeWidth={1.75} aria-hidden />} rightSection={<ChevronDown size={14} aria-hidden />} {...props}>
      Simulate alert
    </Button>
  );
}

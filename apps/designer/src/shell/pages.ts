import { Activity, Briefcase, type LucideIcon, Plug, UserCheck, Workflow, Zap } from "lucide-react";

/** The pages of the rail, in order. */
export const railPages: readonly { readonly to: "/cases" | "/playbooks" | "/runs" | "/triggers" | "/integrations" | "/asks"; readonly label: string; readonly icon: LucideIcon }[] =
  [
    { to: "/cases", label: "Cases", icon: Briefcase },
    { to: "/playbooks", label: "Playbooks", icon: Workflow },
    { to: "/runs", label: "Runs", icon: Activity },
    { to: "/triggers", label: "Triggers", icon: Zap },
    { to: "/integrations", label: "Integrations", icon: Plug },
    { to: "/asks", label: "Asks", icon: UserCheck },
  ];

import { Link, useNavigate } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";
import type { VersionSide } from "../../compare/use-compared.ts";
import { useEditor } from "../editor-context.ts";

/** Leads to the comparison of two versions; what is not saved yet is saved first, so that it is seen there. */
export function ComparisonLink({ from, to, className, children }: { from: VersionSide; to: VersionSide; className?: string | undefined; children: ReactNode }) {
  const { id, autosave } = useEditor();
  const navigate = useNavigate();
  const page = { to: "/playbooks/$id/compare", params: { id }, search: { from, to } } as const;
  const follow = async (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return void autosave.flush();
    event.preventDefault();
    await autosave.flush();
    await navigate(page);
  };
  return (
    <Link {...page} className={className} onClick={(event) => void follow(event)}>
      {children}
    </Link>
  );
}

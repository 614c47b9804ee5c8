import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChevronRight, LogOut, Mail, Plug, Settings, Workflow, Zap } from "lucide-react";
import { useMay, useSession } from "../api/session.ts";
import { Avatar } from "../shared/Avatar.tsx";
import { PageHeader } from "../shared/PageHeader.tsx";
import { usePageTitle } from "../shared/use-page-title.ts";
import classes from "./MePage.module.css";
import { ThemeChoice } from "./ThemeChoice.tsx";
import { useSignOut } from "./use-sign-out.ts";

/** Whoever is signed in: theme, the pages that have no tab, and the way out. */
export function MePage() {
  usePageTitle("Me");
  const session = useSession();
  const maySet = useMay("engineer");
  const signOut = useSignOut();
  if (!session) return null;
  return (
    <>
      <PageHeader title="Me" />
      <div className={classes.page}>
        <section className={`card ${classes.who}`}>
          <Avatar person={session.person} size={44} />
          <div>
            <strong>{session.person.name}</strong>
            <div className="muted">
              {session.person.email}, {session.person.role}
            </div>
          </div>
        </section>
        <section className={`card ${classes.theme}`}>
          <span>Theme</span>
          <ThemeChoice />
        </section>
        <nav className="card" aria-label="More pages">
          <Entry to="/playbooks" icon={Workflow} label="Playbooks" />
          <Entry to="/triggers" icon={Zap} label="Triggers" />
          <Entry to="/integrations" icon={Plug} label="Integrations" />
          {maySet && <Entry to="/settings" icon={Settings} label="Settings" />}
          {session.sampleWorld && <Entry to="/mailbox" icon={Mail} label="Sample mailbox" />}
        </nav>
        <Button size="lg" variant="default" leftSection={<LogOut size={16} aria-hidden />} onClick={signOut}>
          Sign out
        </Button>
      </div>
    </>
  );
}

function Entry({ to, icon: Icon, label }: { to: "/playbooks" | "/triggers" | "/integrations" | "/settings" | "/mailbox"; icon: typeof Plug; label: string }) {
  return (
    <Link to={to} className={classes.entry}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      <span className="grow">{label}</span>
      <ChevronRight size={16} aria-hidden />
    </Link>
  );
}

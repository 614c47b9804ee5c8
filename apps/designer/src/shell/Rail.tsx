import { Link } from "@tanstack/react-router";
import { Mail, Settings } from "lucide-react";
import { useMay, useSession } from "../api/session.ts";
import { Logo } from "../shared/Logo.tsx";
import { PersonMenu } from "./PersonMenu.tsx";
import { railPages } from "./pages.ts";
import classes from "./Rail.module.css";

/** The pages on the left of a wide screen. */
export function Rail({ asks }: { asks: number }) {
  const session = useSession();
  const maySet = useMay("engineer");
  return (
    <nav className={classes.rail} aria-label="Main">
      <Link to="/playbooks" className={classes.logo} aria-label="Drawbridge, to the playbooks">
        <Logo />
      </Link>
      {railPages.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className={classes.page} activeProps={{ "aria-current": "page" }}>
          <Icon size={18} strokeWidth={1.75} aria-hidden />
          {label}
          {to === "/asks" && asks > 0 && (
            <span className={classes.badge}>
              {asks}
              <span className="unseen"> open</span>
            </span>
          )}
        </Link>
      ))}
      <span className="grow" />
      {session?.sampleWorld && (
        <Link to="/mailbox" className={classes.page} activeProps={{ "aria-current": "page" }}>
          <Mail size={18} strokeWidth={1.75} aria-hidden />
          Mailbox
        </Link>
      )}
      {maySet && (
        <Link to="/settings" className={classes.page} activeProps={{ "aria-current": "page" }}>
          <Settings size={18} strokeWidth={1.75} aria-hidden />
          Settings
        </Link>
      )}
      <PersonMenu />
    </nav>
  );
}

import { Link } from "@tanstack/react-router";
import { Activity, Briefcase, CircleUserRound, UserCheck } from "lucide-react";
import classes from "./BottomTabs.module.css";

const tabs = [
  { to: "/cases", label: "Cases", icon: Briefcase },
  { to: "/asks", label: "Asks", icon: UserCheck },
  { to: "/runs", label: "Runs", icon: Activity },
  { to: "/me", label: "Me", icon: CircleUserRound },
] as const;

/** The pages at the bottom of a narrow screen. */
export function BottomTabs({ asks }: { asks: number }) {
  return (
    <nav className={classes.tabs} aria-label="Main">
      {tabs.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className={classes.tab} activeProps={{ "aria-current": "page" }}>
          <Icon size={22} strokeWidth={1.75} aria-hidden />
          {label}
          {to === "/asks" && asks > 0 && (
            <span className={classes.badge}>
              {asks}
              <span className="unseen"> open</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

import { UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useSession } from "../api/session.ts";
import { Avatar } from "../shared/Avatar.tsx";
import classes from "./PersonMenu.module.css";

const PersonMenuItems = lazy(() => import("./PersonMenuItems.tsx").then((module) => ({ default: module.PersonMenuItems })));

/** Who is signed in; the menu is loaded when it is asked for. */
export function PersonMenu() {
  const session = useSession();
  const [asked, setAsked] = useState(false);
  if (!session) return null;
  const { person } = session;
  const button = (
    <UnstyledButton className={classes.target} aria-label={`${person.name}: account and theme`} aria-haspopup="menu" onClick={() => setAsked(true)}>
      <Avatar person={person} size={30} />
    </UnstyledButton>
  );
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <PersonMenuItems />
    </Suspense>
  );
}

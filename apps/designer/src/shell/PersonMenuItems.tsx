import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { LogOut } from "lucide-react";
import { useSession } from "../api/session.ts";
import { Avatar } from "../shared/Avatar.tsx";
import { useOpenAtOnce } from "../shared/use-open-at-once.ts";
import classes from "./PersonMenu.module.css";
import { isTheme, themes } from "./themes.ts";
import { useSignOut } from "./use-sign-out.ts";

/** Who is signed in, the theme, and the way out; open from the start. */
export function PersonMenuItems() {
  const { target, menu } = useOpenAtOnce();
  const session = useSession();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  if (!session) return null;
  const { person } = session;
  return (
    <Menu {...menu} position="right-end" width={240} withinPortal>
      <Menu.Target>
        <UnstyledButton ref={target} className={classes.target} aria-label={`${person.name}: account and theme`}>
          <Avatar person={person} size={30} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong className="cut">{person.name}</strong>
          <span className="muted cut">{person.email}</span>
          <span className="muted">{person.role}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(theme) => isTheme(theme) && setColorScheme(theme)}>
          {themes.map(({ value, label }) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick={false}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={16} strokeWidth={1.75} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

import { Button, createTheme, type CSSVariablesResolver, type DrawerProps, type ModalProps, type TooltipProps } from "@mantine/core";
import { menuTakesFocus } from "./menu-focus.ts";
import classes from "./theme.module.css";

/** Named by its key only, so that the theme draws in no component that a page does not use. */
const part = <Props extends object>(look: { readonly defaultProps?: Props; readonly classNames?: { readonly [part: string]: string | undefined } }) => look;

/** The look of LOOK.md as a Mantine theme. */
export const theme = createTheme({
  primaryColor: "iris",
  primaryShade: { light: 7, dark: 6 },
  colors: { iris: ["#EEEFFD", "#DADCFA", "#B9BBF3", "#9698EC", "#7A7DE6", "#6B6EE8", "#5D60E2", "#4B4ED6", "#4144BF", "#3537A0"] },
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  headings: { fontFamily: "var(--font)", fontWeight: "600" },
  scale: 1,
  cursorType: "pointer",
  autoContrast: false,
  defaultRadius: "sm",
  focusRing: "auto",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "10px", xl: "12px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  fontSizes: { xs: "11px", sm: "12px", md: "13px", lg: "14px", xl: "16px" },
  lineHeights: { xs: "16px", sm: "16px", md: "20px", lg: "20px", xl: "24px" },
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: "md" }, classNames: { root: classes.button } }),
    ActionIcon: part({ defaultProps: { variant: "subtle", color: "gray" }, classNames: { root: classes.actionIcon } }),
    Badge: part({ defaultProps: { variant: "light", radius: "xs" }, classNames: { root: classes.badge } }),
    Input: { classNames: { wrapper: classes.inputWrapper, input: classes.input } },
    InputWrapper: { classNames: { label: classes.label, description: classes.description, error: classes.inputError } },
    Tabs: part({ classNames: { tab: classes.tab, list: classes.tabList } }),
    SegmentedControl: part({
      defaultProps: { size: "xs", withItemsBorders: false },
      classNames: { root: classes.segments, label: classes.segmentLabel, indicator: classes.segmentOn },
    }),
    Menu: part({
      defaultProps: { shadow: "md", radius: "md", transitionProps: { duration: 120 } },
      classNames: { item: classes.menuItem, dropdown: classes.dropdown },
    }),
    MenuDropdown: part({ defaultProps: { ref: menuTakesFocus, "data-mantine-stop-propagation": true } }),
    Popover: part({ defaultProps: { shadow: "md", radius: "md" }, classNames: { dropdown: classes.dropdown } }),
    Combobox: { classNames: { dropdown: classes.dropdown, option: classes.option } },
    Modal: part<Partial<ModalProps>>({
      defaultProps: { closeButtonProps: { "aria-label": "Close" }, radius: "lg", centered: true, transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.4 } },
      classNames: { title: classes.dialogTitle, content: classes.dialog, header: classes.dialog },
    }),
    Drawer: part<Partial<DrawerProps>>({
      defaultProps: { closeButtonProps: { "aria-label": "Close" }, transitionProps: { duration: 200 }, overlayProps: { backgroundOpacity: 0.3 } },
      classNames: { title: classes.dialogTitle, content: classes.dialog, header: classes.dialog },
    }),
    Tooltip: part<Partial<TooltipProps>>({ defaultProps: { openDelay: 400, radius: "sm", transitionProps: { duration: 120 } }, classNames: { tooltip: classes.tooltip } }),
    Notification: part({ classNames: { root: classes.notice, description: classes.noticeText } }),
    Notifications: part({ classNames: { root: classes.notices } }),
    Skeleton: part({ classNames: { root: classes.skeleton } }),
  },
});

const shared = {
  "--mantine-color-body": "var(--app)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line-2)",
  "--mantine-color-dimmed": "var(--text-3)",
  "--mantine-color-placeholder": "var(--text-3)",
  "--mantine-color-anchor": "var(--accent-text)",
  "--mantine-color-error": "var(--fail)",
  "--mantine-color-bright": "var(--text)",
  "--mantine-color-iris-light": "var(--accent-soft)",
  "--mantine-color-iris-light-color": "var(--accent-text)",
  "--mantine-color-gray-subtle-color": "var(--text-2)",
  "--mantine-color-red-6": "var(--fail)",
  "--mantine-color-red-7": "var(--fail)",
  "--mantine-color-red-text": "var(--fail)",
  "--mantine-color-red-filled": "var(--fail-fill)",
  "--mantine-color-red-filled-hover": "var(--fail-fill-hover)",
};

/** Our tokens as Mantine's own variables. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { "--mantine-shadow-md": "var(--sh-3)", "--mantine-shadow-sm": "var(--sh-2)", "--mantine-shadow-xs": "var(--sh-1)" },
  light: shared,
  dark: shared,
});

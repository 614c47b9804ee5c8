/** Lets an opened menu have the focus itself: Mantine gives it to an empty element inside, and a menu may hold items only. */
export function menuTakesFocus(menu: HTMLElement | null): void {
  const placeholder = menu?.querySelector<HTMLElement>(":scope > [data-autofocus]");
  if (!menu || !placeholder) return;
  placeholder.removeAttribute("tabindex");
  placeholder.focus = (options) => menu.focus(options);
}

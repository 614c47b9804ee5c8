import { useEffect, useRef, useState } from "react";

/** For a menu that is loaded when it is asked for: gives its button the focus that the one before it had, and opens. */
export function useOpenAtOnce() {
  const target = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      target.current?.focus();
      setOpened(true);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return { target, menu: { opened, onChange: setOpened } };
}

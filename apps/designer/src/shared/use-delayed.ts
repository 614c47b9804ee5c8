import { useEffect, useState } from "react";

/** True once `ms` have passed since the component came; skeletons wait 150 ms so that quick answers do not flicker. */
export function useDelayed(ms = 150): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

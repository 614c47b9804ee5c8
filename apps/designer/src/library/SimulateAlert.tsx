import { lazy, Suspense, useState } from "react";
import { SimulateAlertButton } from "./SimulateAlertButton.tsx";

const SimulateAlertMenu = lazy(() => import("./SimulateAlertMenu.tsx").then((module) => ({ default: module.SimulateAlertMenu })));

/** Makes the sample world raise an alert; loaded when it is asked for. */
export function SimulateAlert() {
  const [asked, setAsked] = useState(false);
  const button = <SimulateAlertButton aria-haspopup="menu" onClick={() => setAsked(true)} />;
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <SimulateAlertMenu />
    </Suspense>
  );
}

import { CircleCheck, LoaderCircle } from "lucide-react";
import classes from "./SignInPage.module.css";

const steps = [
  { tile: "42", color: "teal", name: "Get the alert", done: true },
  { tile: "AD", color: "blue", name: "Look up the employee", done: true },
  { tile: "XDR", color: "orange", name: "Isolate the endpoint", done: false },
] as const;

/** A small picture of a run, for those who see the sign-in page for the first time. */
export function Bridge() {
  return (
    <aside className={classes.picture} aria-hidden>
      <div className={classes.flow}>
        {steps.map((step) => (
          <div key={step.name} className={classes.step} data-done={step.done || undefined}>
            <span className={classes.tile} data-color={step.color}>
              {step.tile}
            </span>
            <span className={classes.words}>
              <b>{step.name}</b>
              <span data-done={step.done || undefined}>
                {step.done ? <CircleCheck size={13} strokeWidth={2} /> : <LoaderCircle size={13} strokeWidth={2} />}
                {step.done ? "Succeeded" : "Running"}
              </span>
            </span>
          </div>
        ))}
      </div>
    </aside>
  );
}

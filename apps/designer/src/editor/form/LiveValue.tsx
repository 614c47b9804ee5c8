import { type Json, parseTemplate } from "@drawbridge/playbook";
import { parsePath } from "@drawbridge/playbook";
import { Activity, TriangleAlert } from "lucide-react";
import { useContext, useMemo } from "react";
import { KnownContext } from "../completion/known-context.ts";
import { type Outcome, outcomeOf, unreached } from "../completion/run-values.ts";
import { valueText, valueType } from "../completion/value-text.ts";
import { useEditor } from "../editor-context.ts";
import { useSettled } from "../use-settled.ts";
import classes from "./form.module.css";

/** What an expression comes to in the run that values are taken from; and, where it does not fit its field, why. */
export function LiveValue({ text, misfit }: { text: string; misfit?: ((value: Json) => string | null) | undefined }) {
  const { store } = useEditor();
  const { values } = useContext(KnownContext);
  const settled = useSettled(text, 120);
  const shown = useMemo((): { readonly outcome: Outcome; readonly missing: readonly string[] } | null => {
    if (!values) return null;
    try {
      const paths = parseTemplate(settled).paths.map((path) => parsePath(path.text));
      if (paths.length === 0 && !settled.includes("{{")) return null;
      return { outcome: outcomeOf(settled, values), missing: unreached(paths, values, store.getState().playbook) };
    } catch {
      return null;
    }
  }, [settled, values, store]);
  if (values === null) return null;
  if (!shown) return <p className={classes.live}>{values === undefined ? "Reading the last run…" : "\u00a0"}</p>;
  const { outcome, missing } = shown;
  const nothing = "value" in outcome && outcome.value === null;
  const wrong = "value" in outcome && !nothing ? (misfit?.(outcome.value) ?? null) : null;
  return (
    <p className={classes.live} data-wrong={wrong !== null || undefined} title={values ? `From the ${values.from}` : undefined}>
      {wrong === null ? <Activity size={12} aria-hidden /> : <TriangleAlert size={12} aria-hidden />}
      <span className="unseen">In the {values?.from}: </span>
      {nothing ? (
        <span>{missing.length > 0 ? `Nothing: in that run ${missing.join(", ")} gave none` : "Nothing in that run"}</span>
      ) : "unknown" in outcome ? (
        <span>It {outcome.unknown}</span>
      ) : (
        <>
          <code className="cut">{valueText(outcome.value, 120)}</code>
          <span className={classes.liveType}>{wrong ?? valueType(outcome.value)}</span>
        </>
      )}
    </p>
  );
}

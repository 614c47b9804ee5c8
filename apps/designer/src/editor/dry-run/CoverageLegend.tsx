import { Switch } from "@mantine/core";
import { countText } from "../../shared/format.ts";
import form from "../form/form.module.css";
import classes from "./DryRunPanel.module.css";
import type { DryRunControl } from "./use-dry-run.ts";

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** How much of the playbook the dry runs took so far, and whether the canvas shows it. */
export function CoverageLegend({ control: { coverage, showsCoverage, showCoverage } }: { control: DryRunControl }) {
  if (!coverage) return null;
  return (
    <section className={classes.coverage} aria-label="Coverage">
      <Switch label="Show coverage on the canvas" checked={showsCoverage} onChange={(event) => showCoverage(event.currentTarget.checked)} />
      <p className={form.help}>
        {countText(coverage.runs, "dry run")} took {percent(coverage.stepCoverage)} of the steps and {percent(coverage.branchCoverage)} of the branches
        {coverage.uncovered.length > 0 && `; ${coverage.uncovered.length} not taken`}.
      </p>
    </section>
  );
}

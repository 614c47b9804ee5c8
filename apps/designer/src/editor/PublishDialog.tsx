import type { Finding } from "@drawbridge/playbook";
import { Alert, Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { type ApiProblem, asProblem } from "../api/api-problem.ts";
import { call } from "../api/call.ts";
import { countText } from "../shared/format.ts";
import { notifyDone } from "../shared/notify.ts";
import { PublishBacktest } from "./backtest/PublishBacktest.tsx";
import type { BacktestControl } from "./backtest/use-backtest.ts";
import { useDraft, useEditor } from "./editor-context.ts";
import { MergePublished } from "./MergePublished.tsx";
import { PublishChanges } from "./PublishChanges.tsx";
import classes from "./dialogs.module.css";

/** Makes the draft the live version, with a note. Errors stand in the way and are listed. */
export function PublishDialog({
  live,
  findings,
  backtest,
  covered,
  onBacktest,
  onClose,
  onJump,
  onPublished,
}: {
  live: number | null;
  findings: readonly Finding[];
  backtest: BacktestControl;
  /** Something else lies over it, and takes the keys. */
  covered: boolean;
  onBacktest: () => void;
  onClose: () => void;
  onJump: (finding: Finding) => void;
  onPublished: () => void;
}) {
  const { id, autosave, store } = useEditor();
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [merging, setMerging] = useState(false);
  const behind = useDraft(({ facts }) => facts.base !== null && facts.base !== facts.live);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const mustMerge = behind || problem?.code === "published-meanwhile";
  const errors = findings.filter((finding) => finding.severity === "error");
  const warnings = findings.filter((finding) => finding.severity === "warning");
  const publish = async () => {
    setBusy(true);
    setProblem(null);
    try {
      if (!(await autosave.flush())) return setProblem(autosave.problem);
      const { data } = await call("publish", { params: { id }, body: { note }, ifMatch: autosave.etag });
      autosave.resume(data);
      void queries.invalidateQueries({ queryKey: ["playbooks"] });
      void queries.invalidateQueries({ queryKey: ["playbook", id, "versions"] });
      notifyDone(`v${data.version} is live`);
      store.getState().say(`Version ${data.version} is live`);
      onPublished();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} closeOnEscape={!covered && !merging} title={`Publish v${(live ?? 0) + 1}`} size="md">
      <Stack gap={12}>
        {errors.length > 0 && (
          <Alert color="red" icon={<TriangleAlert size={16} />} title={`${countText(errors.length, "error")} must be mended first`}>
            <ul className={classes.findings}>
              {errors.slice(0, 12).map((finding, index) => (
                <li key={index}>
                  <button type="button" onClick={() => onJump(finding)}>
                    {finding.step === undefined ? "Playbook" : (store.getState().playbook.steps[finding.step]?.name ?? finding.step)}
                  </button>{" "}
                  {finding.message}
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {errors.length === 0 && warnings.length > 0 && <p className={classes.text}>{countText(warnings.length, "warning")} will be published with it.</p>}
        {mustMerge && <MergePublished onOpened={setMerging} onMerged={() => setProblem(null)} />}
        {problem && problem.code !== "published-meanwhile" && (
          <Alert color="red" title={problem.title}>
            {problem.detail} <code className={classes.code}>{problem.code}</code>
            {problem.problems.length > 0 && (
              <ul className={classes.findings}>
                {problem.problems.map((each, index) => (
                  <li key={index}>
                    {each.message} <code className={classes.code}>{each.pointer}</code>
                  </li>
                ))}
              </ul>
            )}
          </Alert>
        )}
        {live !== null && !mustMerge && <PublishChanges live={live} />}
        {live !== null && <PublishBacktest control={backtest} onShow={onBacktest} />}
        <p className={classes.text}>New runs use it at once. Runs that are under way keep the version that they began with.</p>
        <Textarea
          label="What changed"
          placeholder="For whoever reads the history"
          autosize
          minRows={2}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={busy} disabled={errors.length > 0 || mustMerge} onClick={() => void publish()}>
            Publish
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

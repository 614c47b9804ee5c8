import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { call } from "../api/call.ts";
import { useMay } from "../api/session.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import pageClasses from "../shared/ListPage.module.css";
import { notifyDone } from "../shared/notify.ts";
import { PageHeader } from "../shared/PageHeader.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { usePageTitle } from "../shared/use-page-title.ts";
import { defaultSettingsQuery, ownSettingsQuery } from "./settings-queries.ts";
import { settingsWords } from "./settings-words.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import classes from "./SettingsPage.module.css";

const withoutLimit = { keepDays: "For ever", keepRuns: "All of them", callsAtOnce: "As many as the engine allows" };

/** Retention and limits: the default for all playbooks, and who departs from it. */
export function SettingsPage() {
  usePageTitle("Settings");
  const queries = useQueryClient();
  const mayEdit = useMay("admin");
  const kept = useQuery(defaultSettingsQuery);
  const own = useQuery(ownSettingsQuery);
  const save = useMutation({
    mutationFn: (body: NonNullable<typeof kept.data>) => call("putDefaultSettings", { body }),
    onSuccess: ({ data }) => {
      queries.setQueryData(defaultSettingsQuery.queryKey, data);
      notifyDone("The default for all playbooks is saved.");
    },
  });
  const error = kept.error ?? own.error;
  return (
    <>
      <PageHeader title="Settings" />
      <div className={`${pageClasses.content} ${classes.content}`}>
        {error ? (
          <ErrorState
            error={error}
            retry={() => {
              void kept.refetch();
              void own.refetch();
            }}
          />
        ) : kept.data && own.data ? (
          <>
            <section className={`card ${classes.part}`}>
              <h2>All playbooks</h2>
              <p className="secondary">What counts for a playbook without settings of its own.{mayEdit ? "" : " An admin can change it."}</p>
              <SettingsForm
                key={JSON.stringify(kept.data)}
                kept={kept.data}
                otherwise={withoutLimit}
                mayEdit={mayEdit}
                previewKey="all"
                preview={async (query, signal) => (await call("previewDefaultSettings", { query, signal })).data}
                save={save.mutate}
                saving={save.isPending}
                error={save.error}
              />
            </section>
            <section className={`card ${classes.part}`}>
              <h2>Playbooks with settings of their own</h2>
              {own.data.length === 0 ? (
                <p className="secondary">None: the default counts for all. A playbook's own are in its menu in the library, under Settings.</p>
              ) : (
                <ul className={classes.own}>
                  {own.data.map(({ playbook, settings }) => (
                    <li key={playbook.id}>
                      <Link to="/playbooks/$id/settings" params={{ id: playbook.id }}>
                        {playbook.name}
                      </Link>
                      <span className="muted">{settingsWords(settings)}</span>
                    </li>
                  ))}
                </ul>
              )}
            </section>
          </>
        ) : (
          <SkeletonRows rows={5} what="the settings" />
        )}
      </div>
    </>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useWatch } from "../api/live.ts";
import { openAskCountQuery } from "../api/open-asks.ts";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { BottomTabs } from "./BottomTabs.tsx";
import { Rail } from "./Rail.tsx";
import classes from "./Shell.module.css";

/** The frame around every page of someone signed in. */
export function Shell() {
  const queries = useQueryClient();
  const asks = useQuery(openAskCountQuery).data ?? 0;
  const readAsks = () => void queries.invalidateQueries({ queryKey: ["asks"] });
  useWatch({ topic: "asks" }, { "ask-changed": readAsks, again: readAsks });
  return (
    <div className={classes.app}>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <Rail asks={asks} />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Suspense fallback={<SkeletonRows what="the page" />}>
          <Outlet />
        </Suspense>
      </main>
      <BottomTabs asks={asks} />
    </div>
  );
}

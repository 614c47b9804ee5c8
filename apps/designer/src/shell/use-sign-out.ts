import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { readyToSignOut } from "../api/before-sign-out.ts";
import { call } from "../api/call.ts";
import { closeLive } from "../api/live.ts";
import { sessionQuery } from "../api/session.ts";
import { notifyProblem } from "../shared/notify.ts";

/** Saves what is not saved, ends the session, and forgets everything that was read under it. */
export function useSignOut(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return () => {
    void (async () => {
      try {
        await readyToSignOut();
        await call("signOut");
        closeLive();
        queries.removeQueries({ queryKey: sessionQuery.queryKey });
        await navigate({ to: "/sign-in" });
        queries.clear();
      } catch (error) {
        notifyProblem(error);
      }
    })();
  };
}

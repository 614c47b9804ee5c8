import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { call } from "../api/call.ts";
import { closeLive } from "../api/live.ts";
import { notifyProblem } from "../shared/notify.ts";

/** Ends the session, and forgets everything that was read under it. */
export function useSignOut(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return () => {
    void (async () => {
      try {
        await call("signOut");
        closeLive();
        await navigate({ to: "/sign-in" });
        queries.clear();
      } catch (error) {
        notifyProblem(error);
      }
    })();
  };
}

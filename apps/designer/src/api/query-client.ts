import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api-problem.ts";

/** Answers are kept and shown while they are read again; only a server that cannot be reached is asked again by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => error instanceof ApiProblem && (error.status === 0 || error.status >= 502) && count < 3,
      refetchOnWindowFocus: false,
    },
  },
});

import { type Role, roles, type Session } from "@drawbridge/protocol";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "./call.ts";

/** Who is signed in. */
export const sessionQuery = queryOptions({ queryKey: ["session"], queryFn: async ({ signal }) => (await call("getSession", { signal })).data, staleTime: Infinity });

/** Who is signed in; null until it is known. */
export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

/** Whether whoever is signed in has at least this role. */
export function useMay(role: Role): boolean {
  const session = useSession();
  return session !== null && roles.indexOf(session.person.role) >= roles.indexOf(role);
}

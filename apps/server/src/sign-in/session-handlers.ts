import type { Audit } from "../audit/audit.ts";
import type { Handlers } from "../http/handlers.ts";
import { ProblemError } from "../problem-error.ts";
import type { People } from "./people.ts";
import { sessionCookie, type Sessions } from "./sessions.ts";

interface Parts {
  readonly people: People;
  readonly sessions: Sessions;
  readonly audit: Audit;
  readonly sampleWorld: () => Promise<boolean>;
}

export const sessionHandlers = ({ people, sessions, audit, sampleWorld }: Parts): Pick<Handlers, "signIn" | "getSession" | "signOut" | "listPeople"> => ({
  signIn: async ({ body, request, response }) => {
    const person = await people.check(body.email, body.password);
    if (!person) {
      await audit.write(body.email.slice(0, 200), "sign-in-refused", {});
      throw new ProblemError("wrong-sign-in", "E-mail or password is wrong.");
    }
    const { token, csrf } = await sessions.begin(person);
    await audit.write(person.email, "signed-in", {});
    response.append("set-cookie", sessionCookie(token, request.secure));
    return { person, csrf, sampleWorld: await sampleWorld() };
  },
  getSession: async ({ viewer, request }) => ({ person: viewer, csrf: (await sessions.find(request.headers.cookie))?.csrf ?? "", sampleWorld: await sampleWorld() }),
  signOut: async ({ viewer, request, response }) => {
    const session = await sessions.find(request.headers.cookie);
    if (session) await sessions.end(session.tokenHash);
    await audit.write(viewer.email, "signed-out", {});
    response.append("set-cookie", sessionCookie(null, request.secure));
    return {};
  },
  listPeople: ({ query }) => people.list(query),
});

import { useWatch } from "../../api/live.ts";
import { useSession } from "../../api/session.ts";
import { useEditor } from "../editor-context.ts";
import type { Someone } from "./draft-store.ts";

/** Says to others that this person has the playbook open, and hears of them, of new versions, and of what other tabs save. */
export function DraftNews() {
  const { id, store, draft, autosave } = useEditor();
  const me = useSession()?.person.email;
  useWatch(
    { topic: "playbook", id },
    {
      "playbook-people": ({ id: of, people }) => {
        if (of !== id) return;
        const before = draft.getState().others;
        const others = people.filter(({ email }) => email !== me);
        draft.setState({ others });
        const names = (those: readonly Someone[], without: readonly Someone[]) =>
          those.filter(({ email }) => !without.some((each) => each.email === email)).map(({ name }) => name);
        const [came, went] = [names(others, before), names(before, others)];
        if (came.length > 0) store.getState().say(`${came.join(", ")} opened this playbook`);
        else if (went.length > 0) store.getState().say(`${went.join(", ")} closed this playbook`);
      },
      "version-published": (message) => {
        if (message.id !== id) return;
        draft.setState({ published: message });
        autosave.moved();
      },
      "draft-saved": ({ id: of, etag }) => {
        if (of === id) autosave.moved(etag);
      },
      again: () => autosave.moved(),
    },
  );
  return null;
}

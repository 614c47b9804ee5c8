import type { CaseDetail } from "@drawbridge/protocol";
import { Combobox, useCombobox } from "@mantine/core";
import { ChevronDown, UserMinus, UserRound } from "lucide-react";
import { useState } from "react";
import { useSession } from "../api/session.ts";
import { Avatar } from "../shared/Avatar.tsx";
import classes from "./OwnerMenu.module.css";
import { useAssign } from "./use-assign.ts";
import { usePeople } from "./use-people.ts";

const nobody = "\0nobody";

/** Who owns the case, and who else could. */
export function OwnerMenu({ detail }: { detail: CaseDetail }) {
  const session = useSession();
  const assign = useAssign(detail.id);
  const [search, setSearch] = useState("");
  const box = useCombobox({ onDropdownClose: () => setSearch(""), onDropdownOpen: () => box.focusSearchInput() });
  const people = usePeople(search, box.dropdownOpened).data ?? [];
  const me = session?.person;
  if (!detail.mayEdit) return <Owner owner={detail.owner} />;
  const others = people.filter((person) => person.email !== detail.owner?.email && person.email !== me?.email);
  return (
    <Combobox
      store={box}
      width={280}
      position="bottom-start"
      onOptionSubmit={(value) => {
        box.closeDropdown();
        assign.mutate(value === nobody ? null : value);
      }}
    >
      <Combobox.Target targetType="button">
        <button
          type="button"
          className={classes.target}
          onClick={() => box.toggleDropdown()}
          disabled={assign.isPending}
          aria-label={`Owner: ${detail.owner?.name ?? "no owner"}. Change it`}
        >
          <Owner owner={detail.owner} />
          <ChevronDown size={14} className="muted" aria-hidden />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder="Search people" aria-label="Search people" />
        <Combobox.Options mah={280} style={{ overflowY: "auto" }}>
          {me && me.email !== detail.owner?.email && search === "" && (
            <Combobox.Option value={me.email}>
              <span className="row">
                <Avatar person={me} size={22} />
                Take ownership
              </span>
            </Combobox.Option>
          )}
          {others.map((person) => (
            <Combobox.Option key={person.email} value={person.email}>
              <span className="row">
                <Avatar person={person} size={22} />
                <span className="cut">{person.name}</span>
                <span className="muted">{person.role}</span>
              </span>
            </Combobox.Option>
          ))}
          {detail.owner && search === "" && (
            <Combobox.Option value={nobody}>
              <span className="row">
                <UserMinus size={16} aria-hidden />
                No owner
              </span>
            </Combobox.Option>
          )}
          {others.length === 0 && search !== "" && <Combobox.Empty>Nobody matches</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Owner({ owner }: { owner: CaseDetail["owner"] }) {
  return (
    <span className="row">
      {owner ? <Avatar person={owner} size={22} /> : <UserRound size={16} className="muted" aria-hidden />}
      <span className="cut">{owner?.name ?? "No owner"}</span>
    </span>
  );
}

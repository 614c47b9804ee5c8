import form from "../editor/form/form.module.css";

/** A section has nothing but its name and description. */
export function SectionPanel() {
  return <p className={form.help}>A heading for what follows. The run passes through it.</p>;
}

import { type EditorState, type Extension, StateField } from "@codemirror/state";
import { showTooltip, type Tooltip } from "@codemirror/view";
import { operatorAt } from "../completion/complete.ts";
import classes from "./code.module.css";
import type { CodeOptions } from "./code-options.ts";

/** While an operator's arguments are typed: which one, and of what type. */
export function codeSignature(options: () => CodeOptions): Extension {
  const tooltipOf = (state: EditorState): Tooltip | null => {
    const { language, known } = options();
    if (language === "json" || language === "value") return null;
    const { head } = state.selection.main;
    const lead = language === "inside" ? "{{ " : "";
    const found = operatorAt(lead + state.doc.toString(), head + lead.length, known.operators);
    if (!found) return null;
    const { operator, argument } = found;
    const at = operator.parameters.at(-1)?.many ? Math.min(argument, operator.parameters.length - 1) : argument;
    return {
      pos: head,
      above: true,
      create: () => {
        const dom = document.createElement("div");
        dom.className = classes["signature"] ?? "";
        dom.append(`${operator.name}: `);
        operator.parameters.slice(1).forEach((parameter, index) => {
          if (index > 0) dom.append(", ");
          const part = document.createElement(index + 1 === at ? "b" : "span");
          part.textContent = `${parameter.name}${parameter.optional ? "?" : ""} (${parameter.type})`;
          dom.append(part);
        });
        return { dom };
      },
    };
  };
  return StateField.define<Tooltip | null>({
    create: () => null,
    update: (_old, transaction) => (transaction.docChanged || transaction.selection ? tooltipOf(transaction.state) : _old),
    provide: (field) => showTooltip.from(field),
  });
}

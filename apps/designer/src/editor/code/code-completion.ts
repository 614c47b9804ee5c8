import { acceptCompletion, autocompletion, type CompletionContext, type CompletionResult, completionKeymap, type Completion } from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";
import { complete, completeInside, completeLogic, completeValue, type Offer, type OfferAbout, signatureOf } from "../completion/complete.ts";
import { valueText, valueType } from "../completion/value-text.ts";
import classes from "./code.module.css";
import type { CodeLanguage, CodeOptions } from "./code-options.ts";

const finders: { readonly [Language in CodeLanguage]: typeof complete } = { template: complete, inside: completeInside, json: completeLogic, value: completeValue };

/** Offers what can stand at the caret, with values of a run and documentation beside it. */
export function codeCompletion(options: () => CodeOptions): Extension {
  const source = (context: CompletionContext): CompletionResult | null => {
    const { language, known } = options();
    const text = context.state.doc.toString();
    const { from, offers } = finders[language](text, context.pos, known.paths(), known.operators);
    if (offers.length === 0 || (!context.explicit && from === context.pos && !beginsOffers(text.slice(0, context.pos), language))) return null;
    return { from, to: context.pos, filter: false, options: offers.map(completionOf), update: (_current, _from, _to, next) => source(next) };
  };
  return [
    autocompletion({ override: [source], icons: false, closeOnBlur: true, defaultKeymap: false, interactionDelay: 0, maxRenderedOptions: 60 }),
    Prec.highest(keymap.of([...completionKeymap, { key: "Tab", run: acceptCompletion }])),
  ];
}

/** Whether offers open by themselves after what was typed, though no word has begun: after braces, a pipe, an argument's sign. */
const beginsOffers = (before: string, language: CodeLanguage): boolean =>
  language === "json" || language === "value" ? /"var"\s*:\s*"$/.test(before) : /(?:\{\{|\||:|,)\s*$/.test(before) && (language === "inside" || before.includes("{{"));

function completionOf(offer: Offer): Completion {
  return {
    label: offer.label,
    detail: offer.detail,
    type: offer.type,
    info: () => aboutElement(offer.about),
    apply: (view: EditorView, _completion: Completion, from: number, to: number) =>
      view.dispatch({ changes: { from, to, insert: offer.insert }, selection: { anchor: from + offer.caret }, userEvent: "input.complete" }),
  };
}

const element = (tag: string, kind: string | undefined, text: string): HTMLElement => {
  const made = document.createElement(tag);
  made.className = kind ?? "";
  made.textContent = text;
  return made;
};

/** What is told beside the list of the offer that is chosen. */
function aboutElement(about: OfferAbout): HTMLElement {
  const box = element("div", classes["about"], "");
  if ("path" in about) {
    const { path, type, description, from, value } = about.path;
    box.append(element("code", classes["aboutName"], path), element("p", classes["aboutType"], `${type} · ${from}`));
    if (description) box.append(element("p", classes["aboutText"], description));
    box.append(
      value === undefined ? element("p", classes["aboutNone"], "No value in the run that values are taken from.") : element("pre", classes["aboutValue"], valueText(value, 400)),
    );
    return box;
  }
  const { operator } = about;
  const { logic, data, value } = operator.example;
  box.append(element("code", classes["aboutName"], `| ${signatureOf(operator)}`), element("p", classes["aboutText"], operator.summary));
  const parameters = operator.parameters.slice(1).map((each) => `${each.name}: ${each.type}${each.optional ? ", may be left out" : ""}${each.many ? ", any number" : ""}`);
  if (parameters.length > 0) box.append(element("p", classes["aboutType"], parameters.join(" · ")));
  box.append(
    element(
      "pre",
      classes["aboutValue"],
      `${valueText(logic, 160)}${data === undefined ? "" : `\nwith ${valueText(data, 160)}`}\n= ${valueText(value, 160)} (${valueType(value)})`,
    ),
  );
  return box;
}

import "@mantine/spotlight/styles.css";
import { createSpotlight, Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from "@mantine/spotlight";
import { Plus, Search, Zap } from "lucide-react";
import { useMemo, useState } from "react";
import { lookOf } from "../steps/looks.ts";
import { IntegrationMark, KindMark, StepTile } from "../steps/StepTile.tsx";
import classes from "./CommandPalette.module.css";
import { useEditor, useEditorState } from "./editor-context.ts";
import { type PaletteItem, paletteItems } from "./palette-item.ts";
import { matchScore } from "./palette-search.ts";

const [store, actions] = createSpotlight();

/** Opens the command palette. */
export const openCommands = (): void => actions.open();

const most = 12;

/** Steps to go to, commands, and steps to add: by typing. */
export function CommandPalette({
  onAdd,
  onStep,
  commands,
}: {
  onAdd: (item: PaletteItem) => void;
  onStep: (id: string) => void;
  commands: readonly { readonly label: string; readonly run: () => void }[];
}) {
  const { catalog, mayEdit } = useEditor();
  const [query, setQuery] = useState("");
  const [opened, setOpened] = useState(false);
  const playbook = useEditorState((state) => (opened ? state.playbook : null));
  const groups = useMemo((): SpotlightActionGroupData[] => {
    if (!playbook) return [];
    const best = <Item,>(items: readonly Item[], textOf: (item: Item) => string, count: number) =>
      items
        .map((item) => ({ item, score: matchScore(textOf(item), query) }))
        .filter((each): each is { item: Item; score: number } => each.score !== null)
        .sort((a, b) => a.score - b.score)
        .slice(0, count)
        .map((each) => each.item);
    const steps = best(Object.entries(playbook.steps), ([id, step]) => `${step.name} ${id} ${step.kind === "action" ? step.action : ""}`, most).map(
      ([id, step]): SpotlightActionData => ({
        id: `step:${id}`,
        label: step.name,
        description: lookOf(step).subtitle(step, catalog),
        leftSection: <StepTile step={step} catalog={catalog} size={28} />,
        onClick: () => onStep(id),
      }),
    );
    const does = best(commands, (each) => each.label, most).map((each): SpotlightActionData => ({
      id: `command:${each.label}`,
      label: each.label,
      leftSection: <Zap size={16} aria-hidden />,
      onClick: each.run,
    }));
    const adds = mayEdit
      ? best(paletteItems(catalog), (item) => `${item.title} ${item.key}`, most).map((item): SpotlightActionData => ({
          id: `add:${item.key}`,
          label: `Add ${item.title}`,
          description: item.summary,
          leftSection: item.integration === null ? <KindMark kind={item.kind} /> : <IntegrationMark id={item.integration} catalog={catalog} />,
          rightSection: <Plus size={14} aria-hidden />,
          onClick: () => onAdd(item),
        }))
      : [];
    return [
      { group: "Steps", actions: steps },
      { group: "Commands", actions: does },
      { group: "Add", actions: adds },
    ].filter((group) => group.actions.length > 0);
  }, [playbook, catalog, commands, query, mayEdit, onAdd, onStep]);
  return (
    <Spotlight
      store={store}
      actions={groups}
      filter={(_query, all) => all}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      shortcut={null}
      attributes={{ content: { "aria-label": "Find a step or a command" }, actionsList: { viewportProps: { tabIndex: 0 } } }}
      scrollable
      maxHeight={420}
      nothingFound="Nothing matches"
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      transitionProps={{ duration: 80 }}
      classNames={{ content: classes.content, search: classes.search, action: classes.action, actionsGroup: classes.group }}
      searchProps={{ leftSection: <Search size={16} aria-hidden />, placeholder: "Find a step or a command", "aria-label": "Find a step or a command" }}
    />
  );
}

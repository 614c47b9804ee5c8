import type { Finding } from "@drawbridge/playbook";
import { memo } from "react";
import { BacktestDrawer } from "./backtest/BacktestDrawer.tsx";
import type { BacktestControl } from "./backtest/use-backtest.ts";
import type { EditorCommands } from "./editor-commands.ts";
import { ImportDialog } from "./ImportDialog.tsx";
import { OfferMenu } from "./OfferMenu.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import { RunDialog } from "./RunDialog.tsx";
import { ShortcutsDialog } from "./ShortcutsDialog.tsx";
import type { ChangeLayout, EditorLayout } from "./use-editor-layout.ts";
import { VersionsDrawer } from "./VersionsDrawer.tsx";

/** What opens over the editor: an offer, a dialog, a drawer. */
export const EditorDialogs = memo(function EditorDialogs({
  layout: { dialog, offer, backtesting },
  change,
  commands,
  findings,
  backtest,
  live,
}: {
  layout: EditorLayout;
  change: ChangeLayout;
  commands: EditorCommands;
  findings: readonly Finding[];
  backtest: BacktestControl;
  live: number | null;
}) {
  const close = () => change({ dialog: null });
  return (
    <>
      {offer && (
        <OfferMenu
          at={offer.screen}
          title={offer.title}
          onClose={() => change({ offer: null })}
          onTake={(item) => {
            change({ offer: null });
            commands.place(offer.place(item), item.title);
          }}
        />
      )}
      {dialog === "publish" && (
        <PublishDialog
          live={live}
          findings={findings}
          backtest={backtest}
          covered={backtesting}
          onBacktest={() => change({ backtesting: true })}
          onClose={close}
          onJump={commands.jump}
          onPublished={close}
        />
      )}
      {backtesting && <BacktestDrawer control={backtest} onClose={() => change({ backtesting: false })} />}
      {dialog === "versions" && <VersionsDrawer onClose={close} />}
      {dialog === "import" && <ImportDialog onClose={close} />}
      {dialog === "run" && live !== null && <RunDialog live={live} onClose={close} />}
      {dialog === "shortcuts" && <ShortcutsDialog onClose={close} />}
    </>
  );
});

import type { Plugin, Rolldown } from "vite";

type Bundle = Rolldown.OutputBundle;

/** Where a page lives, as a pattern of its address, and the modules that it is made of beside the app's own. */
const pages: { readonly [address: string]: readonly string[] } = {
  "^/runs/[^/]+$": ["/src/run/RunPage.tsx", "/socket.io-client/"],
  "^/runs$": ["/src/runs/RunsPage.tsx", "/socket.io-client/"],
  "^/playbooks/[^/]+$": ["/src/editor/EditorPage.tsx", "/socket.io-client/"],
  "^/cases$": ["/src/cases/CasesPage.tsx", "/socket.io-client/"],
  "^/cases/[^/]+$": ["/src/cases/CasePage.tsx", "/socket.io-client/"],
};

const chunksOf = (bundle: Bundle): Rolldown.OutputChunk[] => Object.values(bundle).filter((file) => file.type === "chunk");

/** The chunk and all that it imports at once. */
function closure(bundle: Bundle, from: readonly Rolldown.OutputChunk[]): ReadonlySet<Rolldown.OutputChunk> {
  const found = new Set(from);
  for (const chunk of found)
    for (const name of chunk.imports) {
      const imported = bundle[name];
      if (imported?.type === "chunk") found.add(imported);
    }
  return found;
}

function filesOf(bundle: Bundle, modules: readonly string[]): string[] {
  const chunks = chunksOf(bundle);
  const own = closure(
    bundle,
    chunks.filter(({ isEntry }) => isEntry),
  );
  const wanted = modules.map((module) => {
    const chunk = chunks.find((each) => each.isDynamicEntry && each.moduleIds.some((id) => id.includes(module)));
    if (!chunk) throw new Error(`No chunk has ${module}.`);
    return chunk;
  });
  return [...closure(bundle, wanted)].filter((chunk) => !own.has(chunk)).flatMap((chunk) => [chunk.fileName, ...(chunk.viteMetadata?.importedCss ?? [])]);
}

/** Writes into index.html which files each page needs, so that `early.js` asks for them before the app's own code has run. */
export function earlyPages(): Plugin {
  return {
    name: "early-pages",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle }) => {
        if (!bundle) return [];
        const files = Object.fromEntries(Object.entries(pages).map(([address, modules]) => [address, filesOf(bundle, modules).map((file) => `/${file}`)]));
        return [
          { tag: "script", attrs: { id: "page-files", type: "application/json" }, children: JSON.stringify(files), injectTo: "head-prepend" },
          { tag: "script", attrs: { src: "/early.js" }, injectTo: "head-prepend" },
        ];
      },
    },
  };
}

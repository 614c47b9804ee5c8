import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { earlyPages } from "./early-pages.ts";

const server = process.env["DRAWBRIDGE_SERVER"] ?? "http://127.0.0.1:3000";

/** What changes seldom, in a chunk of its own so that browsers keep it; what several pages share finds its chunk by itself. */
const vendors = [{ name: "react", test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/ }];

export default defineConfig({
  plugins: [react(), earlyPages()],
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: { "/api": { target: server }, "/socket.io": { target: server, ws: true } },
  },
  build: {
    outDir: "dist",
    target: "es2023",
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: { codeSplitting: { groups: vendors } },
      // Our own packages do nothing when they are only imported, so what a page does not use is left out of its chunk.
      treeshake: { moduleSideEffects: (id) => !/[\\/]packages[\\/]/.test(id) },
    },
  },
});

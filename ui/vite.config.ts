import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { precompress } from "./build/precompress.ts";
import { preloadPage } from "./build/preloadPage.ts";

const shared = /\/src\/(submit|tickets|ui)\/(?!Boundary|Late|theme|Theme|useLate|usePageTitle)/;

export default defineConfig({
  plugins: [react(), preloadPage(), precompress()],
  build: {
    // the content security policy allows no data: scripts or styles
    assetsInlineLimit: 0,
    // all pages' styles are smaller than one more request, and none comes late
    cssCodeSplit: false,
    // for `build/budget.ts`
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // one file for what the pages share, not one for each pair of them; without what the entry has
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: "shared", test: shared, minShareCount: 2 }],
        },
      },
    },
    target: "baseline-widely-available",
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});

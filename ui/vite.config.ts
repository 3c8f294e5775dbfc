import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { precompress } from "./build/precompress.ts";
import { preloadPage } from "./build/preloadPage.ts";

/** What the entry needs, which is the form with all around it: one script, one style sheet. */
const base = [
  /\/node_modules\//,
  /vite\/preload-helper/,
  /\/src\/api\/(client|signInAgain)/,
  /\/src\/commands\/(KeyReader|keymap|registry|setting|useCommands)/,
  /\/src\/language\/(current|format|languages|page|percent|plural|text)/,
  /\/src\/language\/en\/(first|words|ui|shell|submit)/,
  /\/src\/(router\.module\.css|shell\/|tickets\/(By|words))/,
  /\/src\/submit\/(?!FiledChoices)/,
  /\/src\/session\/(Guard|next|useSession|who)/,
  /\/src\/ui\/(styles|Boundary|CharacterCount|CopyField|ErrorSummary|Language|Late|Options|Popover)/,
  /\/src\/views\/(known|useViews)/,
  /\/src\/ui\/(Star|Theme|theme|useLate|usePageTitle|useSaid)/,
];
/** What the agents' pages are made of; each alone would cost a request for its script and its styles. */
const work =
  /\/src\/(tickets|triage|stats|language\/(en(?!\/(shadow|eachDay))|work)|commands\/(CommandKey|named)|views\/(?!ViewDialog|known|useViews|offers)|ui\/(?!forms)|work\/(?!ActivityDialog))(?!.*Page\.tsx)/;
/** What dialogs, settings and administration share. */
const forms = /\/src\/(api|ui\/forms|session|settings|admin)\//;
/** What the plots of the accuracy page share, whichever of them comes. */
const plots = /\/src\/accuracy\//;

export default defineConfig({
  plugins: [react(), preloadPage(), precompress()],
  build: {
    // the content security policy allows no data: scripts or styles
    assetsInlineLimit: 0,
    // for `build/budget.ts`
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // not a file for each pair of pages that share something
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: "base", test: (id) => base.some((one) => one.test(id)), priority: 3 },
            { name: "work", test: work, priority: 2 },
            { name: "forms", test: forms, minShareCount: 2, priority: 1 },
            { name: "plots", test: plots, minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
    target: "baseline-widely-available",
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});

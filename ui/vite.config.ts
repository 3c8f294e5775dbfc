import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { precompress } from "./build/precompress.ts";
import { preloadPage } from "./build/preloadPage.ts";

// what every page needs: the libraries, the wire, and all styles of the pages that most people see, which
// together are smaller than one more request
const libraries =
  /\/build\/(react|jsxRuntime)|\/node_modules\/(?!.*(InfiniteQuery|infiniteQueryObserver))/;
const wire = /\/src\/api\/(client|signInAgain)/;
const styles = /\/src\/((commands|shell|stats|submit|tickets|ui)\/(?!forms).*|\w+\.module)\.css/;
// what the form, the list and the dashboard share
const common = /\/src\/(tickets\/(ChangeState|changes|useChanges|words)|ui\/[A-Za-z]+)\.tsx?/;
const apart = /\/(Chip|CharacterCount|ErrorSummary|useEscape|useHeld)\.tsx?/;
// what the pages of accounts share with each other
const account =
  /\/src\/(ui\/forms|session\/(SignInForm|newPassword|session)|settings\/(TokenList|SessionList|settings))/;
const isShared = (id: string) =>
  [libraries, wire, styles].some((part) => part.test(id)) || (common.test(id) && !apart.test(id));

const here = (path: string) => new URL(path, import.meta.url).pathname;
const unwrapped = new Map([
  ["react", here("build/react.js")],
  ["react/jsx-runtime", here("build/jsxRuntime.js")],
  ["react-as-it-comes", here("node_modules/react/index.js")],
  ["jsx-runtime-as-it-comes", here("node_modules/react/jsx-runtime.js")],
]);
/** For modules; what is CommonJS itself, as `react-dom` is, takes React as it comes. */
const unwrapReact: Plugin = {
  name: "unwrap-react",
  apply: "build",
  enforce: "pre",
  resolveId: (id, importer) =>
    /\/node_modules\/(react|react-dom|scheduler|use-sync-external-store)\//.test(importer ?? "")
      ? null
      : (unwrapped.get(id) ?? null),
};

export default defineConfig({
  plugins: [unwrapReact, react(), preloadPage(), precompress()],
  build: {
    // the content security policy allows no data: scripts or styles
    assetsInlineLimit: 0,
    // for `build/budget.ts`
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // one file for them, not one for each pair of pages
        codeSplitting: {
          groups: [
            { name: "shared", test: isShared },
            { name: "account", test: account },
          ],
        },
      },
    },
    target: "baseline-widely-available",
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});

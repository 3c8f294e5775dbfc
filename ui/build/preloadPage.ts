import { appendFileSync } from "node:fs";
import type { Plugin } from "vite";
import { pages } from "./pages.ts";

/**
 * A page's code is named by the entry's code, so a browser would ask for it one round trip late. The
 * script that runs first, `theme-init.js`, asks for it at once; its name is the same in each build, so it
 * is never kept for long and always knows the newest files.
 */
export function preloadPage(): Plugin {
  const files: [path: string, files: string[]][] = [];
  return {
    name: "preload-page",
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      for (const { module, path } of pages) {
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
        if (!chunk) throw new Error(`nothing was built from ${module}`);
        const isEntry = (name: string) => chunks.some((c) => c.fileName === name && c.isEntry);
        const parts = [chunk.fileName, ...chunk.imports.filter((name) => !isEntry(name))];
        const styles = chunks
          .filter((one) => parts.includes(one.fileName))
          .flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])]);
        const needed = [...parts, ...styles];
        files.push([path, needed.map((name) => `/${name}`)]);
      }
    },
    closeBundle() {
      const script = `
for (const [path, files] of ${JSON.stringify(files)}) {
  if (!new RegExp(path).test(location.pathname)) continue;
  for (const href of files) {
    const kind = href.endsWith(".css") ? { rel: "preload", as: "style", crossOrigin: "" } : { rel: "modulepreload" };
    const link = Object.assign(document.createElement("link"), { ...kind, href });
    document.head.append(link);
  }
}
`;
      appendFileSync("dist/assets/theme-init.js", script);
    },
  };
}

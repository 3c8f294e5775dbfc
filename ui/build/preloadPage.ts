import { appendFileSync } from "node:fs";
import type { Plugin } from "vite";
import { languages, pages } from "./pages.ts";

/**
 * A page's code and a language's text are named by the entry's code, so a browser would ask for them one
 * round trip late. The script that runs first, `theme-init.js`, asks for them at once; its name is the same
 * in each build, so it is never kept for long and always knows the newest files.
 */
export function preloadPage(): Plugin {
  const files: [path: string, files: string[]][] = [];
  const texts: Record<string, { first: string; work: string }> = {};
  return {
    name: "preload-page",
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const builtFrom = (module: string) => {
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
        if (!chunk) throw new Error(`nothing was built from ${module}`);
        return chunk;
      };
      for (const { module, path } of pages) {
        const chunk = builtFrom(module);
        const isEntry = (name: string) => chunks.some((c) => c.fileName === name && c.isEntry);
        const parts = [chunk.fileName, ...chunk.imports.filter((name) => !isEntry(name))];
        const styles = chunks
          .filter((one) => parts.includes(one.fileName))
          .flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])]);
        const needed = [...parts, ...styles];
        files.push([path, needed.map((name) => `/${name}`)]);
      }
      for (const language of languages) {
        const fileOf = (part: string) =>
          `/${builtFrom(`src/language/${language}/${part}.ts`).fileName}`;
        texts[language] = { first: fileOf("first"), work: fileOf("work") };
      }
    },
    closeBundle() {
      const script = `
const text = ${JSON.stringify(texts)}[document.documentElement.lang];
const needed = text ? [text.first, ...(location.pathname === "/" ? [] : [text.work])] : [];
for (const [path, files] of ${JSON.stringify(files)}) {
  if (new RegExp(path).test(location.pathname)) needed.push(...files);
}
for (const href of needed) {
  const kind = href.endsWith(".css") ? { rel: "preload", as: "style", crossOrigin: "" } : { rel: "modulepreload" };
  document.head.append(Object.assign(document.createElement("link"), { ...kind, href }));
}
`;
      appendFileSync("dist/assets/theme-init.js", script);
    },
  };
}

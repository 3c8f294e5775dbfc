import { type ComponentType, type LazyExoticComponent, lazy } from "react";

type Module<C> = { default: C };

/** A part that is loaded when it is first drawn, with the text that it needs. */
// biome-ignore lint/suspicious/noExplicitAny: as React has it
export function page<C extends ComponentType<any>>(
  load: () => Promise<Module<C>>,
): LazyExoticComponent<C> {
  return lazy(async () => {
    const [module] = await Promise.all([load(), import("./work").then((text) => text.isReady)]);
    return module;
  });
}

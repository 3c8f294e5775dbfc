import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { api } from "./api/client";
import { ShortcutHelp } from "./commands/ShortcutHelp";
import { useCommands, useShortcuts } from "./commands/useCommands";
import styles from "./router.module.css";
import { Header } from "./shell/Header";
import { NotFound } from "./shell/NotFound";
import { areaOf } from "./shell/pages";
import { Boundary } from "./ui/Boundary";
import { Late } from "./ui/Late";
import { useLate } from "./ui/useLate";

// each page carries only what it needs itself
const SubmitPage = lazy(() => import("./submit/SubmitPage"));
const TicketsPage = lazy(() => import("./tickets/TicketsPage"));
const StatsPage = lazy(() => import("./stats/StatsPage"));

/** The map of the web app. */
export function App() {
  const [path, go] = useLocation();
  const [helps, setHelps] = useState(false);
  const about = useQuery({ queryKey: ["about"], queryFn: api.about, staleTime: Infinity });
  const waitedEnough = useLate(about.isPending);
  const main = useRef<HTMLElement>(null);
  const area = areaOf(path);
  const first = useRef(true);

  useShortcuts();
  useCommands({
    help: () => setHelps(true),
    search: () => go("/tickets"),
    goSubmit: () => go("/"),
    goTickets: () => go("/tickets"),
    goStats: () => go("/stats"),
  });

  // a screen reader learns of a new page by its focus; the first one is announced by the browser
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each new area
  useEffect(() => {
    if (!first.current) {
      main.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    first.current = false;
  }, [area]);

  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <Header area={area} isOpen={about.data?.access === "open"} help={() => setHelps(true)} />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Boundary key={area}>
          <Suspense fallback={<Late />}>
            <Switch>
              <Route path="/">
                {/* to take the suggestion's box away again would move what is below it */}
                {about.isPending && !waitedEnough ? null : (
                  <SubmitPage suggests={about.data?.classifier !== "off"} />
                )}
              </Route>
              <Route path="/tickets/:id?">{({ id }) => <TicketsPage id={id} />}</Route>
              <Route path="/stats">
                <StatsPage />
              </Route>
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </Suspense>
        </Boundary>
      </main>
      {helps && <ShortcutHelp close={() => setHelps(false)} />}
    </>
  );
}

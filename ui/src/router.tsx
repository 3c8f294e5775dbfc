import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef } from "react";
import { Link, Route, Switch, useLocation } from "wouter";
import { api } from "./api/client";
import styles from "./router.module.css";
import { SubmitPage } from "./submit/SubmitPage";
import { Boundary } from "./ui/Boundary";

const TicketsPage = lazy(() => import("./tickets/TicketsPage"));
const StatsPage = lazy(() => import("./stats/StatsPage"));

const pages = [
  { href: "/", label: "Submit a ticket" },
  { href: "/tickets", label: "Tickets" },
  { href: "/stats", label: "Dashboard" },
];

/** The map of the web app. */
export function App() {
  const [path] = useLocation();
  const about = useQuery({ queryKey: ["about"], queryFn: api.about, staleTime: Infinity });
  const main = useRef<HTMLElement>(null);
  const area = path.startsWith("/tickets") ? "/tickets" : path;
  const first = useRef(true);

  // a screen reader learns of a new page by its focus; the first one is announced by the browser
  useEffect(() => {
    document.title = `${pages.find((page) => page.href === area)?.label ?? "Not found"} – frontdesk`;
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [area]);

  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <header className={styles.header}>
        <Link href="/" className={styles.brand}>
          frontdesk
        </Link>
        <nav aria-label="Pages" className={styles.nav}>
          {pages.map((page) => (
            <Link
              key={page.href}
              href={page.href}
              aria-current={page.href === area ? "page" : undefined}
            >
              {page.label}
            </Link>
          ))}
        </nav>
      </header>
      {about.data?.access === "open" && (
        <aside aria-label="Notice" className={styles.notice}>
          Open access: everyone who reaches this server can see and change tickets.
        </aside>
      )}
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Boundary key={area}>
          <Suspense fallback={<p role="status">Loading…</p>}>
            <Switch>
              <Route path="/">
                <SubmitPage suggests={about.data?.classifier !== "off"} />
              </Route>
              <Route path="/tickets/:id?">{({ id }) => <TicketsPage id={id} />}</Route>
              <Route path="/stats">
                <StatsPage />
              </Route>
              <Route>
                <h1>There is no such page</h1>
                <p>
                  <Link href="/tickets">All tickets</Link>
                </p>
              </Route>
            </Switch>
          </Suspense>
        </Boundary>
      </main>
    </>
  );
}

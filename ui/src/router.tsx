import { Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { signInAgain } from "./api/signInAgain";
import { useCommands, useShortcuts } from "./commands/useCommands";
import { useLanguage } from "./language/current";
import { page } from "./language/page";
import { t } from "./language/text";
import styles from "./router.module.css";
import { ForAdmins, ForAgents } from "./session/Guard";
import { useSession, useWorksHere } from "./session/useSession";
import { Header } from "./shell/Header";
import { NotFound } from "./shell/NotFound";
import { areaOf, isForGuests } from "./shell/pages";
import SubmitPage from "./submit/SubmitPage";
import { Boundary } from "./ui/Boundary";
import { Late } from "./ui/Late";
import { useLate } from "./ui/useLate";

// the form is in the entry: most people see only it, and it asks for nothing later. Each other page carries
// what it needs itself
const TicketsPage = page(() => import("./tickets/TicketsPage"));
const TriagePage = page(() => import("./triage/TriagePage"));
const StatsPage = page(() => import("./stats/StatsPage"));
const AccuracyPage = page(() => import("./accuracy/AccuracyPage"));
const LoginPage = page(() => import("./session/LoginPage"));
const Desk = page(() => import("./work/Desk"));
const Palette = page(() => import("./commands/Palette"));
const ShortcutHelp = page(() => import("./commands/ShortcutHelp"));
const SignInAgainDialog = page(() => import("./session/SignInAgainDialog"));
const WelcomePage = page(() => import("./welcome/WelcomePage"));
const FollowPage = page(() => import("./follow/FollowPage"));
const SettingsPage = page(() => import("./settings/SettingsPage"));
const UsersPage = page(() => import("./admin/UsersPage"));
const AuditPage = page(() => import("./admin/AuditPage"));
const SystemPage = page(() => import("./admin/SystemPage"));

const admin = [
  ["/admin/users", UsersPage],
  ["/admin/audit", AuditPage],
  ["/admin/system", SystemPage],
] as const;

/** The map of the web app. */
export function App() {
  // draws all of it anew in another language
  useLanguage();
  const [path, go] = useLocation();
  const [over, setOver] = useState<"help" | "palette" | null>(null);
  const area = areaOf(path);
  const who = useSession(area !== "/");
  const { about, account } = who;
  const asksAgain = useSyncExternalStore(signInAgain.subscribe, signInAgain.asks);
  const waitedEnough = useLate(about.isPending);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  useWorksHere(account);
  useShortcuts();
  useCommands({
    palette: () => setOver("palette"),
    help: () => setOver("help"),
    search: () => go("/tickets", { state: { search: true } }),
    goSubmit: () => go("/"),
    goTickets: () => go("/tickets"),
    goTriage: () => go("/triage"),
    goStats: () => go("/stats"),
    goAccuracy: () => go("/accuracy"),
    goAdmin: () => go("/admin/users"),
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
        {t.shell.skip}
      </a>
      <Header area={area} who={who} help={() => setOver("help")} palette={() => setOver("palette")}>
        {/* all but the form, which many see once and few work at */}
        {who.isKnown && !who.isStranger && area !== "/" && !isForGuests(area) && (
          <Boundary quiet>
            <Suspense fallback={null}>
              <Desk />
            </Suspense>
          </Boundary>
        )}
      </Header>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Boundary key={area}>
          <Suspense fallback={<Late />}>
            <Switch>
              <Route path="/">
                {/* to take the suggestion's box away again would move what is below it */}
                {about.isPending && !waitedEnough ? null : (
                  <SubmitPage
                    suggests={about.data?.classifier !== "off"}
                    isStranger={who.isStranger}
                  />
                )}
              </Route>
              <Route path="/tickets/:id?">
                {({ id }) => (
                  <ForAgents who={who}>
                    <TicketsPage id={id} />
                  </ForAgents>
                )}
              </Route>
              <Route path="/triage">
                <ForAgents who={who}>
                  <TriagePage />
                </ForAgents>
              </Route>
              <Route path="/stats">
                <ForAgents who={who}>
                  <StatsPage />
                </ForAgents>
              </Route>
              <Route path="/accuracy">
                <ForAgents who={who}>
                  <AccuracyPage />
                </ForAgents>
              </Route>
              <Route path="/settings">
                <ForAgents who={who}>
                  <SettingsPage />
                </ForAgents>
              </Route>
              <Route path="/admin">
                <Redirect to="/admin/users" replace />
              </Route>
              {admin.map(([path, Page]) => (
                <Route key={path} path={path}>
                  <ForAdmins who={who}>
                    <Page />
                  </ForAdmins>
                </Route>
              ))}
              <Route path="/login">
                <LoginPage />
              </Route>
              <Route path="/welcome/:secret">
                {({ secret }) => <WelcomePage key={secret} secret={secret} />}
              </Route>
              <Route path="/follow/:secret">
                {({ secret }) => <FollowPage key={secret} secret={secret} />}
              </Route>
              <Route>
                <NotFound isStranger={who.isStranger} />
              </Route>
            </Switch>
          </Suspense>
        </Boundary>
      </main>
      {asksAgain && account && (
        <Suspense fallback={null}>
          <SignInAgainDialog account={account} />
        </Suspense>
      )}
      {over && (
        <Boundary>
          <Suspense fallback={null}>
            {over === "help" && <ShortcutHelp close={() => setOver(null)} />}
            {over === "palette" && <Palette close={() => setOver(null)} />}
          </Suspense>
        </Boundary>
      )}
    </>
  );
}

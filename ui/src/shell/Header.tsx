import type { ReactNode } from "react";
import { Link } from "wouter";
import { t } from "../language/text";
import type { Who } from "../session/useSession";
import { LanguageSwitch } from "../ui/LanguageSwitch";
import { ThemeSwitch } from "../ui/ThemeSwitch";
import { AccountMenu } from "./AccountMenu";
import styles from "./Header.module.css";
import { isForGuests, pages } from "./pages";

/** Its height is the same before and after the server has said what it allows: nothing below jumps. */
export function Header(props: {
  area: string;
  who: Who;
  help: () => void;
  palette: () => void;
  children?: ReactNode;
}) {
  const { area, who } = props;
  const isForAgents = who.isKnown && !who.isStranger && !isForGuests(area);
  const offered = pages.filter(
    (page) => page.who === "everybody" || (isForAgents && (page.who === "agents" || who.isAdmin)),
  );
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.brand}>
        frontdesk
      </Link>
      <nav aria-label={t.shell.pages} className={styles.nav}>
        {offered.map((page) => (
          <Link
            key={page.href}
            href={page.href}
            aria-current={
              page.area === area || area.startsWith(`${page.area}/`) ? "page" : undefined
            }
          >
            {t.shell[page.name]}
          </Link>
        ))}
      </nav>
      <div className={styles.end}>
        {props.children}
        {who.about.data?.access === "open" && (
          <aside aria-label={t.shell.notice} className={styles.notice}>
            {t.shell.openAccess((rest) => (
              <span>{rest}</span>
            ))}
          </aside>
        )}
        {who.isStranger && !isForGuests(area) && (
          <Link href="/login" className={styles.signIn}>
            {t.shell.signIn}
          </Link>
        )}
        {who.account && !isForGuests(area) && <AccountMenu account={who.account} />}
        <button type="button" data-command="help" className={styles.help} onClick={props.help}>
          {t.shell.shortcuts}
        </button>
        <button
          type="button"
          data-command="palette"
          className={`${styles.help} ${styles.palette}`}
          onClick={props.palette}
        >
          {t.shell.commands}
        </button>
        {/* whoever works here chooses it in the settings */}
        {(area === "/" || isForGuests(area)) && <LanguageSwitch className={styles.theme} />}
        <ThemeSwitch className={styles.theme} />
      </div>
    </header>
  );
}

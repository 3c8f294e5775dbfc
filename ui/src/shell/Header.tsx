import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Who } from "../session/useSession";
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
      <nav aria-label="Pages" className={styles.nav}>
        {offered.map((page) => (
          <Link
            key={page.href}
            href={page.href}
            aria-current={
              page.area === area || area.startsWith(`${page.area}/`) ? "page" : undefined
            }
          >
            {page.label}
          </Link>
        ))}
      </nav>
      <div className={styles.end}>
        {props.children}
        {who.about.data?.access === "open" && (
          <aside aria-label="Notice" className={styles.notice}>
            Open access<span>: everyone who reaches this server can see and change tickets.</span>
          </aside>
        )}
        {who.isStranger && !isForGuests(area) && (
          <Link href="/login" className={styles.signIn}>
            Agent sign-in
          </Link>
        )}
        {who.account && !isForGuests(area) && <AccountMenu account={who.account} />}
        <button type="button" data-command="help" className={styles.help} onClick={props.help}>
          Shortcuts
        </button>
        <button
          type="button"
          data-command="palette"
          className={`${styles.help} ${styles.palette}`}
          onClick={props.palette}
        >
          Commands
        </button>
        <ThemeSwitch className={styles.theme} />
      </div>
    </header>
  );
}

import { Link } from "wouter";
import { ThemeSwitch } from "../ui/ThemeSwitch";
import styles from "./Header.module.css";
import { pages } from "./pages";

/** Its height is the same before and after the server has said what it allows: nothing below jumps. */
export function Header(props: { area: string; isOpen: boolean; help: () => void }) {
  const { area, isOpen } = props;
  return (
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
      <div className={styles.end}>
        {isOpen && (
          <aside aria-label="Notice" className={styles.notice}>
            Open access<span>: everyone who reaches this server can see and change tickets.</span>
          </aside>
        )}
        <button type="button" className={styles.help} onClick={props.help}>
          Shortcuts
        </button>
        <ThemeSwitch className={styles.theme} />
      </div>
    </header>
  );
}

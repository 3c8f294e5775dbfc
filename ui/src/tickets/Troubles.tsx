import { Link } from "wouter";
import { t } from "../language/work";
import { ChangeState } from "./ChangeState";
import { ticketHref } from "./filters";
import styles from "./Troubles.module.css";
import { useTroubled } from "./useChanges";

/** Changes of the list's tickets that need the person; the one that is open says it itself. */
export function Troubles({ search, openId }: { search: string; openId?: string }) {
  const { lines, changes } = useTroubled();
  const shown = lines.filter(({ known }) => String(known.id) !== openId);
  if (shown.length === 0) return null;
  return (
    <ul className={styles.troubles} aria-label={t.tickets.troubles}>
      {shown.map((line) => {
        const { id, title } = line.known;
        return (
          <li key={id}>
            <Link href={ticketHref(id, search)}>
              #{id} <bdi>{title}</bdi>
            </Link>
            <ChangeState
              line={line}
              keepMine={() => changes.keepMine(id)}
              takeTheirs={() => changes.takeTheirs(id)}
              tryAgain={() => changes.tryAgain(id)}
              drop={() => changes.drop(id)}
            />
          </li>
        );
      })}
    </ul>
  );
}

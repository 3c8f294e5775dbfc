import type { ReactNode } from "react";
import type { Session } from "../api/accounts";
import { moment } from "../language/format";
import { t } from "../language/work";
import styles from "./settings.module.css";

/** Where somebody is signed in. */
export function SessionList(props: { sessions: Session[]; end?: (session: Session) => ReactNode }) {
  return (
    <ul className={styles.rows}>
      {props.sessions.map((session) => (
        <li key={session.id}>
          <div>
            <strong>{browserOf(session.user_agent)}</strong>{" "}
            {session.is_current && <span className={styles.mark}>{t.sessions.thisOne}</span>}
            <small>
              {t.sessions.facts(
                session.address,
                moment(session.last_seen_at),
                moment(session.created_at),
              )}
            </small>
          </div>
          {props.end?.(session)}
        </li>
      ))}
    </ul>
  );
}

/** "Firefox on Linux", as far as it says so. */
export function browserOf(agent: string): string {
  const browser = /Edg\//.test(agent)
    ? "Edge"
    : (/(Firefox|Chrome|Safari)\//.exec(agent)?.[1] ?? agent.split("/")[0]);
  const system = /Windows|Android|iPhone|iPad|Mac OS X|CrOS|Linux/.exec(agent)?.[0];
  const name = system === "Mac OS X" ? "macOS" : system;
  const known = browser || t.sessions.unknownBrowser;
  return name ? t.sessions.browserOn(known, name) : known;
}

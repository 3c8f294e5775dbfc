import type { ReactNode } from "react";
import type { Session } from "../api/accounts";
import { moment } from "../ui/moment";
import styles from "./settings.module.css";

/** Where somebody is signed in. */
export function SessionList(props: { sessions: Session[]; end?: (session: Session) => ReactNode }) {
  return (
    <ul className={styles.rows}>
      {props.sessions.map((session) => (
        <li key={session.id}>
          <div>
            <strong>{browserOf(session.user_agent)}</strong>{" "}
            {session.is_current && <span className={styles.mark}>this one</span>}
            <small>
              from {session.address} · seen {moment(session.last_seen_at)} · since{" "}
              {moment(session.created_at)}
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
  return [browser || "An unknown browser", name && `on ${name}`].filter(Boolean).join(" ");
}

import { useState } from "react";
import { Link, useLocation } from "wouter";
import { t } from "../language/text";
import { usePageTitle } from "../ui/usePageTitle";
import styles from "./NotFound.module.css";

export function NotFound({ isStranger }: { isStranger: boolean }) {
  const [, go] = useLocation();
  const [words, setWords] = useState("");
  usePageTitle(t.shell.noPage);
  if (isStranger) {
    return (
      <div className={styles.page}>
        <h1>{t.shell.noPage}</h1>
        <p>
          {t.shell.noPageForGuests((text) => (
            <Link href="/">{text}</Link>
          ))}
        </p>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <h1>{t.shell.noPage}</h1>
      <p>{t.shell.noPageForAgents}</p>
      <form
        className={styles.search}
        onSubmit={(event) => {
          event.preventDefault();
          go(`/tickets?${new URLSearchParams({ search: words })}`);
        }}
      >
        <label htmlFor="look" className="unseen">
          {t.shell.lookFor}
        </label>
        <input
          id="look"
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <button type="submit" className="primary">
          {t.shell.searchTickets}
        </button>
      </form>
      <p>
        {t.shell.submitOrSee(
          (text) => (
            <Link href="/">{text}</Link>
          ),
          (text) => (
            <Link href="/tickets">{text}</Link>
          ),
        )}
      </p>
    </div>
  );
}

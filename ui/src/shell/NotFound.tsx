import { useState } from "react";
import { Link, useLocation } from "wouter";
import { usePageTitle } from "../ui/usePageTitle";
import styles from "./NotFound.module.css";

export function NotFound({ isStranger }: { isStranger: boolean }) {
  const [, go] = useLocation();
  const [words, setWords] = useState("");
  usePageTitle("There is no such page");
  if (isStranger) {
    return (
      <div className={styles.page}>
        <h1>There is no such page</h1>
        <p>
          The address may have been mistyped or cut short. You can{" "}
          <Link href="/">submit a ticket</Link>.
        </p>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <h1>There is no such page</h1>
      <p>
        The address may have been mistyped or cut short. What you look for may be among the tickets.
      </p>
      <form
        className={styles.search}
        onSubmit={(event) => {
          event.preventDefault();
          go(`/tickets?${new URLSearchParams({ search: words })}`);
        }}
      >
        <label htmlFor="look" className="unseen">
          Look for
        </label>
        <input
          id="look"
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <button type="submit" className="primary">
          Search tickets
        </button>
      </form>
      <p>
        <Link href="/">Submit a ticket</Link> or see <Link href="/tickets">all tickets</Link>.
      </p>
    </div>
  );
}

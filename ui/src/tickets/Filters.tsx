import { useEffect, useRef, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { Options } from "../ui/Options";
import styles from "./TicketsPage.module.css";
import { categories, priorities, statuses } from "./words";

const filters = [
  { name: "category", label: "Category", words: categories },
  { name: "priority", label: "Priority", words: priorities },
  { name: "status", label: "Status", words: statuses },
] as const;

/** The filters write the URL; the list reads it. */
export function Filters() {
  const search = useSearch();
  const [, go] = useLocation();
  const query = new URLSearchParams(search);
  const inUrl = query.get("search") ?? "";
  const [typed, setTyped] = useState(inUrl);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // a link or the back button changed the search
  useEffect(() => setTyped(inUrl), [inUrl]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const set = (name: string, value: string) => {
    const next = new URLSearchParams(window.location.search);
    next.delete("cursor");
    if (value) next.set(name, value);
    else next.delete(name);
    go(`/tickets${next.size ? `?${next}` : ""}`, { replace: name === "search" });
  };

  return (
    <search className={styles.filters}>
      <div className={styles.find}>
        <label htmlFor="search">Search tickets</label>
        <input
          id="search"
          type="search"
          value={typed}
          maxLength={500}
          onChange={(event) => {
            const value = event.target.value;
            setTyped(value);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => set("search", value), 250);
          }}
        />
      </div>
      {filters.map(({ name, label, words }) => (
        <div key={name}>
          <label htmlFor={`filter-${name}`}>{label}</label>
          <select
            id={`filter-${name}`}
            value={query.get(name) ?? ""}
            onChange={(event) => set(name, event.target.value)}
          >
            <option value="">All</option>
            <Options words={words} />
          </select>
        </div>
      ))}
    </search>
  );
}

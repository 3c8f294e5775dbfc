import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useCommands } from "../commands/useCommands";
import { t } from "../language/work";
import { Options } from "../ui/Options";
import { Popover } from "../ui/Popover";
import { whole } from "../views/known";
import { useListSearch } from "../views/useViews";
import styles from "./Filters.module.css";
import { filters, listHref, valuesOf, withValues } from "./filters";

/** Stands in a list where several of its values are chosen. */
const SEVERAL = "several";

/** The filters write the URL; the list reads it. One value by the lists, several by the boxes. */
export function Filters() {
  const search = useListSearch();
  const [, go] = useLocation();
  const several = useRef<HTMLDivElement>(null);
  useCommands({ filter: () => several.current?.querySelector("button")?.click() });
  const set = (name: string, values: string[]) =>
    go(listHref(withValues(whole(window.location.search.slice(1)), name, values)), {
      replace: name === "search",
    });

  return (
    <search className={styles.filters}>
      <Find set={(value) => set("search", value ? [value] : [])} />
      {filters().map(({ name, label, words }) => {
        const values = valuesOf(search, name);
        const isKnown = values.length === 1 && values[0] !== undefined && values[0] in words;
        return (
          <div key={name}>
            <label htmlFor={`filter-${name}`}>{label}</label>
            <select
              id={`filter-${name}`}
              value={values.length === 0 ? "" : isKnown ? values[0] : SEVERAL}
              data-set={values.length > 0 || undefined}
              onChange={(event) => set(name, event.target.value ? [event.target.value] : [])}
            >
              <option value="">{t.tickets.all}</option>
              <Options words={words} />
              {values.length > 0 && !isKnown && (
                <option value={SEVERAL} hidden>
                  {t.tickets.chosen(values.length)}
                </option>
              )}
            </select>
          </div>
        );
      })}
      <div ref={several} className={styles.several}>
        <Popover label={t.tickets.several}>
          <div className={styles.boxes}>
            {filters().map(({ name, label, words }) => {
              const values = valuesOf(search, name);
              return (
                <fieldset key={name}>
                  <legend>{label}</legend>
                  {Object.entries(words).map(([value, text]) => (
                    <label key={value}>
                      <input
                        type="checkbox"
                        checked={values.includes(value)}
                        onChange={(event) =>
                          set(
                            name,
                            Object.keys(words).filter((word) =>
                              word === value ? event.target.checked : values.includes(word),
                            ),
                          )
                        }
                      />
                      {text}
                    </label>
                  ))}
                </fieldset>
              );
            })}
          </div>
        </Popover>
      </div>
    </search>
  );
}

/** Searches a moment after the last key. */
function Find({ set }: { set: (value: string) => void }) {
  const inUrl = new URLSearchParams(useListSearch()).get("search") ?? "";
  const [typed, setTyped] = useState(inUrl);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useCommands({ search: () => field.current?.focus() });

  // one came here to search, from another page; that page's focus goes first
  useEffect(() => {
    if (!history.state?.search) return;
    history.replaceState(null, "");
    requestAnimationFrame(() => field.current?.focus());
  }, []);

  // a link or the back button changed the search
  useEffect(() => setTyped(inUrl), [inUrl]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <div className={styles.find}>
      <label htmlFor="search">{t.tickets.searchTickets}</label>
      <input
        ref={field}
        id="search"
        type="search"
        dir="auto"
        value={typed}
        maxLength={500}
        onChange={(event) => {
          const value = event.target.value;
          setTyped(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => set(value), 250);
        }}
      />
    </div>
  );
}

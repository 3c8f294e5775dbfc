import { useRef } from "react";
import { Link, useLocation } from "wouter";
import { t } from "../language/work";
import { Chip } from "../ui/Chip";
import styles from "./ActiveFilters.module.css";
import { conditions, listHref, without } from "./filters";

/** How many tickets there are, and what has narrowed them down, each to be taken away. */
export function ActiveFilters(props: { search: string; count: number | null | undefined }) {
  const { search, count } = props;
  const [, go] = useLocation();
  const bar = useRef<HTMLDivElement>(null);
  const found = conditions(search);
  return (
    <div ref={bar} tabIndex={-1} className={styles.bar}>
      <p className={styles.count}>{counted(count)}</p>
      {found.length > 0 && (
        <ul aria-label={t.tickets.activeFilters}>
          {found.map((condition) => (
            <li key={`${condition.name} ${condition.value}`}>
              <Chip
                text={condition.text}
                remove={() => {
                  // the chip goes; the focus stays near it
                  bar.current?.focus();
                  go(listHref(without(search, condition)));
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <p className={styles.all}>
        <a href={`/api/tickets/export/?${search ? `${search}&` : ""}format=csv`} download>
          {t.forms.exportCsv}
        </a>
        <Link href={`/triage${search ? `?${search}` : ""}`}>{t.tickets.triageThese}</Link>
      </p>
    </div>
  );
}

const strong = (text: string) => <strong>{text}</strong>;

/** Not known yet, too many to be counted, or so many. */
function counted(count: number | null | undefined) {
  if (count === undefined) return t.tickets.counting(strong);
  return count === null ? t.tickets.countedMany(strong) : t.tickets.counted(count, strong);
}

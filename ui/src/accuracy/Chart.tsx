import type { ReactNode } from "react";
import { t } from "../language/work";
import page from "../stats/StatsPage.module.css";

/** A plot with all that makes it readable without seeing it: a heading, a sentence, its numbers. */
export function Chart(props: {
  name: string;
  title: string;
  sentence: string;
  children?: ReactNode;
  numbers?: ReactNode;
}) {
  const id = `chart-${props.name}`;
  return (
    <section className={page.chart} aria-labelledby={id}>
      <h2 id={id}>{props.title}</h2>
      <p>{props.sentence}</p>
      {props.children}
      {props.numbers && (
        <details className={page.numbers}>
          <summary>{t.stats.showNumbers}</summary>
          {props.numbers}
        </details>
      )}
    </section>
  );
}

import { Link } from "wouter";
import { number } from "../language/format";
import { t } from "../language/work";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { NumbersTable } from "./NumbersTable";
import { percent, shareOf, span } from "./numbers";
import type { Confusion, FieldName } from "./report";
import { describeConfusion } from "./sentences";

const namesOf = (field: FieldName): Record<string, string> =>
  field === "category" ? t.words.categories : t.words.priorities;

/** What tickets ended as, by what was suggested: a table that is its own picture. */
export function Matrix({ field, confusion }: { field: FieldName; confusion: Confusion }) {
  const name = (word: string) => namesOf(field)[word] ?? word;
  const total = confusion.counts.flat().reduce((sum, n) => sum + n, 0);
  return (
    <Chart
      name={`matrix-${field}`}
      title={t.accuracy.matrix.title(t.words[field])}
      sentence={describeConfusion(confusion, namesOf(field))}
      numbers={total > 0 && <ByWord field={field} confusion={confusion} />}
    >
      {total > 0 && (
        <>
          <table className={styles.matrix}>
            <caption className="unseen">{t.accuracy.matrix.title(t.words[field])}</caption>
            <thead>
              <tr>
                <td />
                <td colSpan={confusion.words.length} aria-hidden="true">
                  {t.accuracy.matrix.suggested}
                </td>
              </tr>
              <tr>
                <th scope="col">{t.accuracy.matrix.corner}</th>
                {confusion.words.map((word) => (
                  <th key={word} scope="col" aria-label={t.accuracy.matrix.column(name(word))}>
                    {name(word)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {confusion.counts.map((row, ended) => {
                const word = confusion.words[ended] ?? "";
                return (
                  <tr key={word}>
                    <th scope="row">
                      <Link href={listOf(field, word)} title={t.accuracy.matrix.open(name(word))}>
                        {name(word)}
                      </Link>
                    </th>
                    {row.map((n, said) => (
                      <td
                        key={confusion.words[said]}
                        data-kind={said === ended ? "right" : "wrong"}
                        data-level={level(n, row)}
                      >
                        {number(n)}
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
          <small className={styles.note}>{t.accuracy.matrix.doors}</small>
        </>
      )}
    </Chart>
  );
}

/** The list knows what tickets are by now; what was suggested for them it does not know. */
export const listOf = (field: FieldName, word: string) =>
  `/tickets?${field}=${word}&status=resolved,closed`;

/** How strongly a cell is tinted, 0 to 4, by its part of what ended the same. */
export function level(n: number, row: number[]): number {
  const total = row.reduce((sum, one) => sum + one, 0);
  return n === 0 ? 0 : Math.max(1, Math.round((4 * n) / total));
}

/** Of each word, how often it was found and how often it was right to say it. */
function ByWord({ field, confusion: { words: all, counts } }: Parameters<typeof Matrix>[0]) {
  const share = (k: number, n: number) => {
    const found = shareOf(k, n);
    return found.share === null ? "–" : t.accuracy.withInterval(percent(found.share), span(found));
  };
  return (
    <NumbersTable
      caption={t.accuracy.matrix.title(t.words[field])}
      head={[
        t.accuracy.matrix.word,
        t.accuracy.matrix.ended,
        t.accuracy.matrix.found,
        t.accuracy.matrix.said,
        t.accuracy.matrix.kept,
      ]}
      rows={all.map((word, at) => {
        const hits = counts[at]?.[at] ?? 0;
        const ended = (counts[at] ?? []).reduce((sum, n) => sum + n, 0);
        const said = counts.reduce((sum, row) => sum + (row[at] ?? 0), 0);
        return [
          namesOf(field)[word] ?? word,
          number(ended),
          share(hits, ended),
          number(said),
          share(hits, said),
        ];
      })}
    />
  );
}

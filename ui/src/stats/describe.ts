import { number } from "../language/format";
import { percent } from "../language/percent";
import { t } from "../language/work";
/** The sentence that says what the bars show. */
export function describe(words: Record<string, string>, counts: Record<string, number>): string {
  const entries = Object.keys(words).map(
    (word) => [words[word] ?? word, counts[word] ?? 0] as const,
  );
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return t.stats.none;
  const most = Math.max(...entries.map(([, count]) => count));
  const leading = entries.filter(([, count]) => count === most).map(([label]) => label);
  const share = percent(most / total);
  return leading.length === 1
    ? t.stats.most(leading[0] ?? "", share)
    : t.stats.lead(leading, share);
}

/** A number of a breakdown, also of one that is not there yet. */
export const numberOf = (counts: Record<string, number> | undefined, word: string) =>
  counts ? number(counts[word] ?? 0) : "…";

/** The sentence over each plot: what one would say who has looked at it. */

import { moment, number } from "../language/format";
import { t } from "../language/work";
import { pauses } from "./counted";
import { isWide, milliseconds, percent, shareOf, span } from "./numbers";
import type { Bin, Confusion, Failure, Latency, Share, Turn } from "./report";

/** How often it is right, and how sure that is. */
export function describeAccuracy(accuracy: Share): string {
  const { k, n, share } = accuracy;
  const words = t.accuracy.shares;
  if (share === null) return words.noneDecided;
  const says = isWide(accuracy) ? words.few : words.many;
  return says(k, n, percent(share), span(accuracy));
}

/** Which words are taken for each other most often. */
export function describeConfusion({ words, counts }: Confusion, names: Record<string, string>) {
  const name = (at: number) => names[words[at] ?? ""] ?? words[at] ?? "";
  const cells = counts.flatMap((row, ended) => row.map((n, said) => ({ n, ended, said })));
  const total = cells.reduce((sum, { n }) => sum + n, 0);
  if (total === 0) return t.accuracy.shares.noneDecided;
  const mistakes = cells.filter(({ n, ended, said }) => n > 0 && ended !== said);
  const wrong = mistakes.reduce((sum, { n }) => sum + n, 0);
  if (wrong === 0) return t.accuracy.matrix.noMistake(total);
  const worst = mistakes.reduce((most, one) => (one.n > most.n ? one : most));
  return t.accuracy.matrix.mistakes(wrong, total, name(worst.said), name(worst.ended), worst.n);
}

/** Whether a confidence keeps its promise, by the bin with the most suggestions. */
export function describeCalibration(bins: Bin[], error: number): string {
  const words = t.accuracy.calibration;
  const full = bins.filter((bin) => bin.n > 0);
  const [first, ...others] = full;
  if (!first) return words.none;
  const most = others.reduce((best, bin) => (bin.n > best.n ? bin : best), first);
  const right = rightOf(most);
  const [says, is] = [percent(most.confidence ?? 0), percent(most.right ?? 0)];
  return isWide(right)
    ? words.few(says, is, most.n, span(right))
    : words.many(says, is, most.n, Math.round(error * 100));
}

/** Of one bin: how many were right, of how many, and how sure that is. */
export const rightOf = ({ n, right }: Bin): Share => shareOf(Math.round((right ?? 0) * n), n);

/** Which confidences a bin takes in, in whole percents. */
export const rangeOf = ({ from }: Bin, next: number) =>
  t.accuracy.range(number(Math.round(from * 100)), percent(Math.round(next * 100) / 100));

export function describeBin(bin: Bin, next: number): string {
  if (bin.n === 0) return t.accuracy.calibration.empty(rangeOf(bin, next));
  const right = rightOf(bin);
  return t.accuracy.calibration.full(
    percent(bin.confidence ?? 0),
    percent(bin.right ?? 0),
    number(right.k),
    number(bin.n),
    span(right),
  );
}

export const describeLatency = (latency: Latency | null) =>
  latency
    ? t.accuracy.latency.says(milliseconds(latency.p50), milliseconds(latency.p99))
    : t.accuracy.notCountedYet;

/** What failed most since the server started. */
export function describeFailures(failures: Failure[], since: string): string {
  const [first, ...others] = failures;
  if (!first) return t.accuracy.failures.none(since);
  const total = failures.reduce((sum, { n }) => sum + n, 0);
  const most = others.reduce((worst, one) => (one.n > worst.n ? one : worst), first);
  const { kind, source, n } = most;
  return t.accuracy.failures.some(total, since, kindName(kind), sourceName(source), number(n));
}

/** How often and since when the language model was left alone; null where none is asked. */
export function describeBreaker(changes: Turn[] | null): string {
  const words = t.accuracy.breaker;
  if (changes === null) return words.noModel;
  const all = pauses(changes);
  const last = all.at(-1);
  if (!last) return words.none;
  return last.to === undefined
    ? words.lasts(all.length, moment(last.from))
    : words.past(all.length, moment(last.to));
}

export const kindName = (kind: string) => t.accuracy.failures.names[kind] ?? kind;
export const sourceName = (source: string) => t.accuracy.sources[source] ?? source;

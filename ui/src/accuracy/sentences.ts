/** The sentence over each plot: what one would say who has looked at it. */

import { moment } from "../language/format";
import { type BreakerChange, pauses } from "./counted";
import { count, counted, isWide, milliseconds, percent, shareOf, span } from "./numbers";
import type { Bin, Confusion, Failure, Latency, Share } from "./report";
import { breaker as breakerWords, failures as failureWords, sourceNames } from "./words";

/** How often it is right, and how sure that is. */
export function describeAccuracy(accuracy: Share): string {
  const { k, n, share } = accuracy;
  if (share === null) return "No ticket with a suggestion is resolved or closed yet.";
  const so = `Right on ${count(k)} of ${counted(n, "ticket")} (${percent(share)})`;
  return isWide(accuracy)
    ? `${so}: so few that it may as well be ${span(accuracy)}.`
    : `${so}; with 95 % certainty ${span(accuracy)}.`;
}

/** Which words are taken for each other most often. */
export function describeConfusion({ words, counts }: Confusion, names: Record<string, string>) {
  const name = (at: number) => names[words[at] ?? ""] ?? words[at] ?? "";
  const cells = counts.flatMap((row, ended) => row.map((n, said) => ({ n, ended, said })));
  const total = cells.reduce((sum, { n }) => sum + n, 0);
  if (total === 0) return "No ticket with a suggestion is resolved or closed yet.";
  const mistakes = cells.filter(({ n, ended, said }) => n > 0 && ended !== said);
  const wrong = mistakes.reduce((sum, { n }) => sum + n, 0);
  if (wrong === 0) return `Nothing was mixed up on ${counted(total, "ticket")}.`;
  const worst = mistakes.reduce((most, one) => (one.n > most.n ? one : most));
  const times = worst.n === 1 ? "once" : worst.n === 2 ? "twice" : `${count(worst.n)} times`;
  return `${count(wrong)} of ${counted(total, "ticket")} mixed up; most often ${name(worst.said)} was suggested where ${name(worst.ended)} was right (${times}).`;
}

/** Whether a confidence keeps its promise, by the bin with the most suggestions. */
export function describeCalibration(bins: Bin[], error: number): string {
  const full = bins.filter((bin) => bin.n > 0);
  const [first, ...others] = full;
  if (!first) return "No suggestion with a confidence is decided yet.";
  const most = others.reduce((best, bin) => (bin.n > best.n ? bin : best), first);
  const right = rightOf(most);
  const so = `When it says ${percent(most.confidence ?? 0)} it is right ${percent(most.right ?? 0)} (${counted(most.n, "suggestion")}`;
  if (isWide(right)) return `${so}: so few that it may as well be ${span(right)}).`;
  const points = Math.round(error * 100);
  return `${so}); over all, word and truth lie ${counted(points, "point")} apart.`;
}

/** Of one bin: how many were right, of how many, and how sure that is. */
export const rightOf = ({ n, right }: Bin): Share => shareOf(Math.round((right ?? 0) * n), n);

export function describeBin(bin: Bin, next: number): string {
  const range = `${Math.round(bin.from * 100)} to ${Math.round(next * 100)} %`;
  if (bin.n === 0) return `${range}: no suggestion`;
  const right = rightOf(bin);
  return `Says ${percent(bin.confidence ?? 0)}, is right ${percent(bin.right ?? 0)} (${count(right.k)} of ${count(bin.n)}; 95 %: ${span(right)})`;
}

export const describeLatency = (latency: Latency | null) =>
  latency
    ? `Half of those who asked waited at most ${milliseconds(latency.p50)}, all but one in a hundred at most ${milliseconds(latency.p99)}.`
    : "Not counted.";

/** What failed most since the server started. */
export function describeFailures(failures: Failure[], since: string): string {
  const [first, ...others] = failures;
  if (!first) return `None since ${since}.`;
  const total = failures.reduce((sum, { n }) => sum + n, 0);
  const most = others.reduce((worst, one) => (one.n > worst.n ? one : worst), first);
  return `${counted(total, "failure")} since ${since}, most of the kind “${kindName(most.kind)}” (${sourceName(most.source)}, ${count(most.n)}).`;
}

/** How often and since when a model was left alone. */
export function describeBreaker(changes: BreakerChange[] | null): string {
  if (changes === null) return breakerWords.notCounted;
  const all = pauses(changes);
  const last = all.at(-1);
  if (!last) return breakerWords.none;
  const so = `Models were left alone ${counted(all.length, "time")}`;
  return last.to === undefined
    ? `${so}; ${sourceName(last.source)} is since ${moment(last.from)}.`
    : `${so}, last ${sourceName(last.source)} until ${moment(last.to)}.`;
}

export const kindName = (kind: string) => failureWords.names[kind] ?? kind;
export const sourceName = (source: string) => sourceNames[source] ?? source;

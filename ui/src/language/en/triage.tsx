import type { ReactNode } from "react";
import { number } from "../format";
import type { Around } from "../markup";

/** One ticket at a time. */
export const triage = {
  heading: "Triage",
  pageTitle: (at: number, total: number) => `${at} of ${total} – Triage`,
  progress: (at: number, total: number) => `${number(at)} of ${number(total)}`,
  order: "Order",
  orders: { newest: "Newest first", urgent: "Most urgent first" },
  back: "Back to the list",
  nothing: "Nothing waits to be triaged.",
  all: (total: number) => `All ${number(total)} triaged.`,
  skipped: (skipped: number) => `${number(skipped)} of them skipped: they wait for the next time.`,
  undo: "Undo last",
  lookAgain: "Look again",
  filed: (id: ReactNode, when: string) => (
    <>
      {id} · filed {when}
    </>
  ),
  proposes: (marked: Around, category: ReactNode, priority: ReactNode) => (
    <>
      {marked("The classifier proposes ")}
      {category} · {priority}
    </>
  ),
  proposesSame: (marked: Around, category: ReactNode, priority: ReactNode) => (
    <>
      {marked("The classifier proposes ")}
      {category} · {priority}, as it stands
    </>
  ),
  withPercent: (word: ReactNode, percent: string) => (
    <>
      {word} ({percent})
    </>
  ),
  use: "Use it",
  accept: "Accept",
  skip: "Skip",
};

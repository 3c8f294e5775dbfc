import type { Source } from "../api/types";
import { isUnsure } from "./confidence";

/** A word of a list, and who chose it. */
export type Choice<T extends string> = {
  value: T | "";
  by: "nobody" | "machine" | "you";
  /** Which classifier, where it was one. */
  source?: Source;
  /** The suggestion against which the person chose to leave it to us. */
  declined?: T;
};

/** What a classifier says of one field. */
export type Proposal<T extends string> = {
  value: T;
  source: Source;
  confidence?: number;
  /** What comes next, where the source tells. */
  next?: T;
  /** Too often wrong to count before a person has looked at it. */
  needsCheck?: boolean;
};

/** Whether a proposal is only shown and not filled in. */
export const isOpen = <T extends string>(proposal: Proposal<T>) =>
  proposal.needsCheck === true || isUnsure(proposal.confidence);

export const undecided = { value: "", by: "nobody" } as const;

/** What becomes of a choice when a suggestion comes. A person's word is never overwritten. */
export function filled<T extends string>(choice: Choice<T>, proposal: Proposal<T>): Choice<T> {
  if (choice.by === "you" || choice.declined === proposal.value) return choice;
  if (isOpen(proposal)) return choice.by === "machine" ? undecided : choice;
  return { value: proposal.value, by: "machine", source: proposal.source };
}

/** The person's word, also where it is the same as the machine's, or that it is left to us. */
export function chosen<T extends string>(value: T | "", proposal?: Proposal<T>): Choice<T> {
  return value ? { value, by: "you" } : { value: "", by: "nobody", declined: proposal?.value };
}

/** As the server takes it: without a source it is the person's. */
export function sent<T extends string>(choice: Choice<T>) {
  return {
    value: choice.value || undefined,
    source: choice.by === "machine" ? choice.source : undefined,
  };
}

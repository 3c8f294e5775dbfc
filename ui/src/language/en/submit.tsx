import type { ReactNode } from "react";
import { list, number } from "../format";

type Found = { category?: string; priority?: string };

/** The form, and what is said when it is sent. */
export const submit = {
  heading: "Submit a ticket",
  headingWithError: "Error: Submit a ticket",
  lead: "Tell us what happened. A person reads every request.",
  restored: "What you wrote before is still here.",
  startAfresh: "Start afresh",
  send: "Submit ticket",
  sending: "Sending…",
  noTitle: "Enter a title",
  longTitle: (most: number) => `The title has more than ${number(most)} characters`,
  noDescription: "Describe what is wrong",
  longDescription: (most: number) => `The description has more than ${number(most)} characters`,
  refused: (why: string) => `${why} Nothing you wrote is lost.`,
  refusedForNow: (why: string, seconds: number) =>
    `${why} You can try again in ${seconds} s. Nothing you wrote is lost.`,
  suggested: "suggested",
  yourChoice: "your choice",
  letUsDecide: "Let us decide",
  chosenByYou: "chosen by you",
  filed: (id: number) => `Ticket ${id} is filed`,
  filedLead: (number: ReactNode, title: string) => (
    <>
      A person will read it. Its number is {number}: “{title}”.
    </>
  ),
  keepLink: "Keep this link: it shows how your request is doing",
  understood: "This is how we understood it",
  open: "Open the ticket",
  another: "File another",
  suggestion: "Suggestion",
  updating: "updating…",
  why: "Why?",
  by: (source: string, model: string) =>
    `${capital(source)}, model ${model}, from the title and the description. It looks at nothing else.`,
  degraded: "It stands in for the language model, which does not answer.",
  wentBy: (phrases: string[]) => `It went by ${list(phrases.map((phrase) => `“${phrase}”`))}.`,
  personReads: "A person reads every request.",
  chooseWhereUnsure: "Where it is unsure, please choose yourself, or let us decide.",
  changeBelow: "You can change both below.",
  differs: { category: "category", priority: "priority" },
  youDiffer: (fields: string[]) =>
    `You chose differently for ${fields.join(" and ")}; your choice stays.`,
  takeSuggestion: "Use the suggestion",
  looks: (word: string) => `looks ${word.toLowerCase()}, please check:`,
  unsure: "unsure:",
  fillWith: (word: string) => `Use ${word}`,
  maybe: (word: string) => `${word}?`,
  sureties: { quite: "quite sure", fairly: "fairly sure", unsure: "unsure" },
  sure: (surety: string, percent: string) => `${surety}, ${percent}`,
  reading: "Reading what you wrote…",
  noSuggestion: "No suggestion right now. Please choose yourself; nothing you wrote is lost.",
  willSuggest: "A category and a priority are suggested here while you write.",
  saidNone: "No suggestion right now. Please choose yourself.",
  saidUnsure: "The suggestion is unsure. Please choose yourself.",
  said: ({ category, priority }: Found) => {
    const found = [category && `category ${category}`, priority && `priority ${priority}`];
    const change = category && priority ? "You can change both." : "You can change it.";
    return `Suggested by AI: ${found.filter(Boolean).join(", ")}. ${change}`;
  },
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

import { number } from "../format";
import { pluralsOf } from "../plural";

const plural = pluralsOf("en");

const counted = (n: number, one: string) =>
  plural(n, { one: `${number(n)} ${one}`, other: `${number(n)} ${one}s` });

/** How often suggestions are right. */
export const accuracy = {
  title: "Accuracy",
  notCounted: "not counted",
  notCountedYet: "Not counted.",
  lead: "How often what was suggested is what agents leave a ticket with.",
  cut: "Only the newest 20,000 suggestions are counted: the range is longer than that.",
  off: "Suggestions are switched off on this server. An admin can switch them on (FRONTDESK_CLASSIFIER).",
  fill: "A suggestion is kept when a ticket is filed. It counts as right or wrong once its ticket is resolved or closed.",
  undecided:
    "No ticket with a suggestion by this model is resolved or closed yet, so nothing is right or wrong so far.",
  resolveSome: "Tickets to resolve",
  longer: "Look at a year",
  nothingYet: (days: number) => `No suggestion was kept in ${days} days`,
  sources: {
    gemini: "Gemini",
    anthropic: "Claude",
    openai: "Language model",
    local: "Built-in classifier",
  } as Record<string, string>,
  /** A range of shares: the sign stands behind the second. */
  range: (low: string, high: string) => `${low} to ${high}`,
  withInterval: (share: string, interval: string) => `${share} (95 %: ${interval})`,
  withSample: (share: string, right: string, all: string, interval: string) =>
    `${share} (${right} of ${all}; ${interval})`,
  models: {
    title: "Models",
    model: "Model",
    suggestions: "Suggestions",
    right: (field: string) => `${field} right`,
    below: (name: string) => `What follows is about ${name}.`,
    prompt: (version: string) => `prompt ${version}`,
    shadow: "in the shadow",
    learning: (refits: number) => `learning, ${counted(refits, "refit")}`,
  },
  shares: {
    title: (field: string) => `${field}: how often it is right`,
    accuracy: "Right in the end",
    accepted: "Chosen by the requester",
    what: "Measure",
    counted: "Counted",
    share: "Share",
    interval: "95 % interval",
    none: "nothing counted yet",
    agents: (n: string) =>
      `${n} of the final words were set by an agent; the others were left as they were.`,
    meaning:
      "Right in the end: of the tickets that are resolved or closed, those that ended with the suggested word. Chosen: of the suggestions that a requester saw, those that they kept; who leaves a suggestion as it stands keeps it, so this flatters.",
    noneDecided: "No ticket with a suggestion is resolved or closed yet.",
    few: (right: number, all: number, share: string, interval: string) =>
      `Right on ${number(right)} of ${counted(all, "ticket")} (${share}): so few that it may as well be ${interval}.`,
    many: (right: number, all: number, share: string, interval: string) =>
      `Right on ${number(right)} of ${counted(all, "ticket")} (${share}); with 95 % certainty ${interval}.`,
  },
  matrix: {
    title: (field: string) => `${field}: what it ended as, by what was suggested`,
    corner: "Ended as",
    column: (word: string) => `Suggested ${word}`,
    suggested: "Suggested",
    open: (word: string) => `Resolved and closed tickets: ${word}`,
    doors:
      "A word on the left opens the resolved and closed tickets that ended so, with or without a suggestion.",
    word: "Word",
    ended: "Ended so",
    found: "Of these suggested",
    said: "Suggested so",
    kept: "Of these right",
    noMistake: (all: number) => `Nothing was mixed up on ${counted(all, "ticket")}.`,
    mistakes: (wrong: number, all: number, said: string, ended: string, times: number) => {
      const often = times === 1 ? "once" : times === 2 ? "twice" : `${number(times)} times`;
      return `${number(wrong)} of ${counted(all, "ticket")} mixed up; most often ${said} was suggested where ${ended} was right (${often}).`;
    },
  },
  calibration: {
    title: (field: string) => `${field}: does the confidence hold?`,
    reader: (field: string) => `Read the confidence of ${field.toLowerCase()}, bin by bin`,
    says: "It says",
    right: "It is right",
    bin: "Confidence",
    suggestions: "Suggestions",
    mean: "Says",
    key: "Dots on the line keep their promise; the bars are the intervals of 95 %.",
    none: "No suggestion with a confidence is decided yet.",
    few: (says: string, right: string, all: number, interval: string) =>
      `When it says ${says} it is right ${right} (${counted(all, "suggestion")}: so few that it may as well be ${interval}).`,
    many: (says: string, right: string, all: number, points: number) =>
      `When it says ${says} it is right ${right} (${counted(all, "suggestion")}); over all, word and truth lie ${counted(points, "point")} apart.`,
    empty: (range: string) => `${range}: no suggestion`,
    full: (says: string, right: string, hits: string, all: string, interval: string) =>
      `Says ${says}, is right ${right} (${hits} of ${all}; 95 %: ${interval})`,
  },
  latency: {
    title: "How long it takes",
    percentile: "Percentile",
    time: "Time",
    names: { p50: "Half within", p95: "95 % within", p99: "99 % within" },
    says: (half: string, most: string) =>
      `Half of those who asked waited at most ${half}, all but one in a hundred at most ${most}.`,
  },
  failures: {
    title: "Failures",
    source: "Source",
    kind: "Kind",
    times: "Times",
    names: {
      misconfigured: "Misconfigured",
      rate_limited: "Too many requests",
      unavailable: "Unavailable",
      timed_out: "Too slow",
      bad_answer: "No usable answer",
      refused: "Refused to answer",
      circuit_open: "Left alone after failures",
      busy: "Too much at once",
      budget_spent: "Bound on use reached",
      off: "Switched off",
    } as Record<string, string>,
    none: (since: string) => `None since ${since}.`,
    some: (all: number, since: string, kind: string, source: string, times: string) =>
      `${counted(all, "failure")} since ${since}, most of the kind “${kind}” (${source}, ${times}).`,
  },
  use: {
    title: "Calls, tokens and cost",
    none: "Calls, tokens and cost are not counted.",
    cut: "Only the newest 20,000 counts are read: the range has more.",
    day: "Day",
    names: {
      calls: "Calls",
      tokensIn: "Tokens in",
      tokensOut: "Tokens out",
      cost: "Estimated cost",
      cacheHits: "From memory",
    },
    byDay: (name: string) => `${name} by day`,
    reader: (name: string) => `Read ${name.toLowerCase()} day by day`,
    calls: (n: number) => counted(n, "call"),
    tokensIn: (n: string) => `${n} tokens in`,
    tokensOut: (n: string) => `${n} tokens out`,
    cost: (dollars: string) => `about ${dollars}`,
    fromMemory: (n: number) => `${counted(n, "answer")} from memory`,
    fromMemoryShare: (n: number, share: string) => `${counted(n, "answer")} from memory (${share})`,
  },
  breaker: {
    title: "Left alone after failures",
    noModel: "No language model is asked here.",
    none: "No model had to be left alone.",
    when: "When",
    lastFailure: "Last failure",
    state: "From then on",
    states: { closed: "asked", open: "left alone", half_open: "tried once" } as Record<
      string,
      string
    >,
    reader: "Read when the language model was left alone",
    lasts: (times: number, from: string) =>
      `The language model was left alone ${counted(times, "time")}; it is since ${from}.`,
    past: (times: number, to: string) =>
      `The language model was left alone ${counted(times, "time")}, last until ${to}.`,
  },
  learning: {
    title: "Learning",
    status: {
      learning: "On: tickets that agents finish are learnt, and suggestions use it.",
      waiting: "On, but there are too few corrections so far to suggest anything by them.",
      worse: "On, but what was learnt is worse than what was shipped, so it is not used.",
      off: "Switched off: nothing is learnt, and what was learnt is kept but not used.",
      disabled: "Switched off by the setting FRONTDESK_LEARNING.",
      unused: "The built-in classifier never answers here, so nothing is learnt.",
    },
    corrections: "Corrections kept",
    atMost: (now: string, most: string) => `${now} of at most ${most}`,
    refitted: "Last learnt",
    shipped: (field: string) => `${field}, as shipped`,
    learnt: (field: string) => `${field}, as learnt`,
    meaning:
      "Right on the last hundred tickets that agents finished, each predicted before it was learnt.",
    switchOn: "Switch learning on",
    switchOff: "Switch learning off",
    forget: "Forget all…",
    onlyAdmins: "Only admins switch learning and forget what was learnt.",
    forgetTitle: "Forget all that was learnt?",
    forgetText:
      "All corrections go for good, and suggestions are as shipped again. The tickets stay as they are.",
    forgetNow: "Forget all",
    forgotten: "All is forgotten.",
  },
};

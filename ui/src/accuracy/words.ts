/** The page's words. */

export const texts = {
  title: "Accuracy",
  days: "Days",
  loading: "Loading…",
  numbers: "Show the numbers",
  notCounted: "not counted",
  lead: "How often what was suggested is what agents leave a ticket with.",
  cut: "Only the newest 20,000 suggestions are counted: the range is longer than that.",
  off: "Suggestions are switched off on this server. An admin can switch them on (FRONTDESK_CLASSIFIER).",
  fill: "A suggestion is kept when a ticket is filed. It counts as right or wrong once its ticket is resolved or closed.",
  fileOne: "Submit a ticket",
  undecided:
    "No ticket with a suggestion by this model is resolved or closed yet, so nothing is right or wrong so far.",
  resolveSome: "Tickets to resolve",
  longer: "Look at a year",
  shadow: "shadow",
  shadowMeans: "asked for comparison only: nobody saw its suggestions",
};

export const sourceNames: Record<string, string> = {
  gemini: "Gemini",
  anthropic: "Claude",
  openai: "Language model",
  local: "Built-in classifier",
};

export const fieldNames = { category: "Category", priority: "Priority" } as const;
export type FieldName = keyof typeof fieldNames;

export const models = {
  title: "Models",
  model: "Model",
  suggestions: "Suggestions",
  right: (field: string) => `${field} right`,
  below: (name: string) => `What follows is about ${name}.`,
  prompt: (version: string) => `prompt ${version}`,
};

export const shares = {
  title: "how often it is right",
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
};

export const matrix = {
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
};

export const calibration = {
  title: (field: string) => `${field}: does the confidence hold?`,
  reader: (field: string) => `Read the confidence of ${field.toLowerCase()}, bin by bin`,
  says: "It says",
  right: "It is right",
  bin: "Confidence",
  suggestions: "Suggestions",
  mean: "Says",
  key: "Dots on the line keep their promise; the bars are the intervals of 95 %.",
};

export const latency = {
  title: "How long it takes",
  percentile: "Percentile",
  time: "Time",
  names: { p50: "Half within", p95: "95 % within", p99: "99 % within" } as const,
};

export const failures = {
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
};

/** What stands where a range holds no suggestion. */
export const nothingYet = (days: number) => `No suggestion was kept in ${days} days`;

export const use = {
  title: "Calls, tokens and cost",
  none: "Calls, tokens and cost are not counted.",
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
};

export const breaker = {
  title: "Left alone after failures",
  notCounted: "Not counted.",
  none: "No model had to be left alone.",
  when: "When",
  source: "Source",
  state: "From then on",
  states: { closed: "asked", open: "left alone", half_open: "tried once" },
  reader: (source: string) => `Read when ${source} was left alone`,
};

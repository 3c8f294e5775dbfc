import { number } from "../format";

/** Who works here, and how the server is. */
export const admin = {
  label: "Administration",
  people: "People",
  audit: "Audit log",
  system: "System",
  invite: "Invite someone",
  inviteHint: "Agents work on tickets. Admins also manage people and see the audit log.",
  isInvited: (name: string) => `${name} is invited`,
  sendFirstLink: (name: string) =>
    `Send ${name} this link. It sets a password once, within three days, and is not shown again.`,
  link: "Link",
  createLink: "Create the link",
  enterEmail: "Enter an email address",
  enterName: "Enter a name",
  role: "Role",
  state: "State",
  secondFactor: "Second factor",
  lastSignedIn: "Last signed in",
  never: "never",
  on: "On",
  off: "Off",
  change: "Change",
  changeName: (name: string) => `Change ${name}`,
  deactivated: "Deactivated",
  invited: "Invited",
  active: "Active",
};

export const access = {
  heading: "Access",
  sendLink: (name: string) =>
    `Send ${name} this link. It sets a new password once, within three days.`,
  makeLink: "Create a link to set a new password",
  nowhere: (name: string) => `${name} is signed in nowhere.`,
  signOut: (name: string) => `Sign ${name} out`,
  signOutEverywhere: (name: string) => `Sign ${name} out everywhere`,
  signOutTitle: (name: string) => `Sign ${name} out everywhere?`,
  signOutWarning: "All sessions end at once. API tokens stay as they are.",
  removeFactor: (name: string) => `Remove the second factor of ${name}`,
  removeFactorTitle: (name: string) => `Remove the second factor of ${name}?`,
  removeFactorWarning:
    "From then on the password alone is enough. Do it only if the phone is truly lost.",
  noTokens: (name: string) => `${name} has none.`,
  leaving: "Leaving",
  deactivate: (name: string) => `Deactivate ${name}`,
  deactivateTitle: (name: string) => `Deactivate ${name}?`,
  deactivateWarning:
    "All sessions and tokens stop working. You can activate the account again later.",
  activate: (name: string) => `Activate ${name}`,
  remove: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeWarning: (email: string) =>
    `The account of ${email} is deleted with its sessions and tokens, for good.`,
};

export const audit = {
  beginsWith: "What begins with",
  person: "Person",
  everybody: "Everybody",
  none: "Nothing was recorded that matches.",
  when: "When",
  who: "Who",
  what: "What",
  onWhat: "On what",
  from: "From",
  nobody: "nobody signed in",
};

export const system = {
  version: (version: string) => `frontdesk ${version}`,
  inForce: "Settings in force",
  setting: "Setting",
  value: "Value",
  setBy: "Set by",
  sources: {
    default: "default",
    environment: "environment",
    flag: "command line",
    file: "file",
  } as Record<string, string>,
  notSet: "not set",
  secret: "set, and kept secret",
  classifier: "Classifier",
  mode: "Mode",
  source: "Source",
  model: "Model",
  breaker: "Breaker",
  /** "Open" is good news of a shop and bad news of a breaker: it is said what it means. */
  breakers: {
    closed: "closed: the model is asked",
    open: "open: the model is left alone",
    half_open: "half open: one try is made",
  } as Record<string, string>,
  failures: "Failures in a row",
  lastFailure: "Last failure",
  nextTry: "Next try",
  inSeconds: (seconds: number) => `in ${number(seconds)} s`,
  database: "Database",
  kind: "Kind",
  answers: "answers",
  noAnswer: "does not answer",
  migrations: "Migrations",
  migrationCount: (count: number, last: number, name: string) =>
    `${number(count)}, the last is ${last} ${name}`,
  noMigrations: "none",
};

import { number } from "../format";
import type { Around } from "../markup";

/** What a person can set for themselves. */
export const settings = {
  heading: "Settings",
  who: (name: string, email: string, role: string) => `${name} · ${email} · ${role}`,
  browser: "This browser",
  browserAbout: "Kept here, and the same for everyone who uses this browser.",
  rows: "Rows of the list",
  densities: { comfortable: "Comfortable", compact: "Compact" },
  passwordAbout: "To change it ends your sessions in all other browsers.",
  currentPassword: "Current password",
  enterCurrent: "Enter your current password",
  changePassword: "Change password",
  passwordChanged: "Your password is changed.",
};

export const secondFactor = {
  heading: "Second factor",
  isOn: "On: signing in asks for a code from your authenticator app too.",
  isOff: "Off. With it, a password alone is not enough to sign in as you.",
  setUp: "Set up a second factor",
  remove: "Remove the second factor",
  removeTitle: "Remove the second factor?",
  removeWarning: "From then on your password alone is enough to sign in as you.",
  scan: "Scan this with an authenticator app, or type the secret into it.",
  qr: "QR code of the secret below",
  secret: "Secret",
  codeHint: "The six digits that the app shows now.",
  enterCode: "Enter the code that the app shows",
  enterPassword: "Enter your password",
  turnOn: "Turn it on",
  codes: "Recovery codes",
  yourCodes: "Your recovery codes",
  codesAbout:
    "Each of them signs you in once if you lose your phone. Keep them where your phone is not: they are not shown again.",
  copyRefused: "This browser does not let us copy: select them by hand.",
  print: "Print",
  kept: "I have kept them",
};

export const sessions = {
  heading: "Sessions",
  about: "Where you are signed in. End those that are not yours.",
  thisOne: "this one",
  facts: (address: string, seen: string, since: string) =>
    `from ${address} · seen ${seen} · since ${since}`,
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,
  unknownBrowser: "An unknown browser",
  end: "End",
  endOf: (browser: string, seen: string) => `End the session of ${browser}, seen ${seen}`,
  endTitle: (browser: string) => `End the session of ${browser}?`,
  endThis: "End this session",
  endWarning: (address: string, seen: string) =>
    `It comes from ${address} and was seen ${seen}. Whoever uses it has to sign in again.`,
};

export const tokens = {
  heading: "API tokens",
  about: (code: Around) => (
    <>For programs that work in your name: {code("Authorization: Bearer")} and the token.</>
  ),
  fresh: (name: string) =>
    `Copy the token “${name}” now. It is not shown again; who has it can work as you.`,
  token: (name: string) => `Token ${name}`,
  kept: "I have kept it",
  none: "There are no tokens.",
  scopes: {
    read: "Read tickets",
    write: "Read and change tickets",
    admin: "Everything an admin may",
  },
  ranOut: (when: string) => `ran out ${when}`,
  until: (when: string) => `until ${when}`,
  used: (when: string) => `used ${when}`,
  neverUsed: "never used",
  facts: (scope: string, until: string, used: string) => `${scope} · ${until} · ${used}`,
  revoke: "Revoke",
  revokeName: (name: string) => `Revoke ${name}`,
  revokeTitle: (name: string) => `Revoke the token “${name}”?`,
  revokeWarning: "What uses it is refused from then on. This cannot be undone.",
  enterName: "Name what will use it",
  daysRange: (most: number) => `From 1 to ${number(most)} days`,
  may: "May",
  days: "Days",
  create: "Create token",
};

export const keys = {
  heading: "Keys",
  about:
    "One key, or two to be pressed in turn, for each command. Kept in this browser, like what stands above.",
  keyFor: (label: string) => `Key for “${label}”`,
  invalid: "Enter one key, or two that are pressed in turn.",
  taken: (key: string, label: string) =>
    `“${key}” is the key for “${label}”, or the start of it. Change that one first.`,
  was: (key: string) => `was ${key}`,
  reset: "Reset all keys",
  isReset: "All keys are as they were.",
};

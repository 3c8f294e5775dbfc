import type { Around } from "../markup";

/** Signing in, also for the first time. */
export const session = {
  signIn: "Sign in",
  openAccess: (page: Around) => (
    <>Access is open here: you need no account. Go on to {page("the page")}.</>
  ),
  lead: (submit: Around) => (
    <>
      For those who answer tickets. To get help, {submit("submit a ticket")}: that needs no account.
    </>
  ),
  lost: "No account, or the password is lost? An admin can send you a link.",
  again: "Sign in again",
  over: "Your session is over. Nothing you wrote is lost: what you did last is sent once you have signed in.",
  notNow: "Not now",
  enterBoth: "Enter your email address and your password.",
  enterCode: "Enter the code.",
  tooMany: (wait: string) => `Too many tries. Please wait ${wait}, then try again.`,
  left: (wait: string) => `${wait} left`,
  code: "Code",
  codeHint: "Six digits from your authenticator app, or one of your recovery codes.",
  back: "Back",
  passwordRule: (least: number) =>
    `At least ${least} characters. A few words in a row are easy to remember.`,
  shortPassword: (least: number) => `Enter at least ${least} characters`,
};

/** Where a one-time link leads. */
export const welcome = {
  linkOver: "This link is over",
  linkOverWhy:
    "It was used already, has run out after three days, or was cut short when it was copied.",
  askForNew: "Ask the admin who sent it for a new one.",
  setUp: "Set up the first account",
  setPassword: "Set your password",
  setUpLead: "It is an admin’s: it can invite all others.",
  setPasswordLead: "Then you are signed in. This link works once.",
  enterEmail: "Enter your email address",
  enterName: "Enter your name",
  yourName: "Your name",
  nameHint: "As your colleagues will see it.",
  create: "Create the account",
  setAndSignIn: "Set password and sign in",
};

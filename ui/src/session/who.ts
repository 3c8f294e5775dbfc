import type { Account } from "../api/accounts";
import { call, Problem } from "../api/client";
import { signInAgain } from "../api/signInAgain";

/** Apart from the rest of the account's calls: every page needs these two. */
export const whoIsIt = async () =>
  (await call<{ account: Account | null }>("GET", "/api/session/")).account;

/** The page is loaded anew, so that nothing of what was seen stays in the browser's memory. */
export async function signOut() {
  signInAgain.worksHere(false);
  try {
    await call<void>("DELETE", "/api/session/");
  } catch (error) {
    const isOver = error instanceof Problem && error.status === 401;
    if (!isOver) throw error;
  }
  window.location.assign("/");
}

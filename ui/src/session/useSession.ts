import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Account } from "../api/accounts";
import { api } from "../api/client";
import { signInAgain } from "../api/signInAgain";
import { whoIsIt } from "./who";

/** Who is signed in. Asked for only where it matters: on all pages but the form, or with accounts. */
export function useSession(asksAtOnce = false) {
  const about = useQuery({ queryKey: ["about"], queryFn: api.about, staleTime: Infinity });
  const hasAccounts = about.data?.access === "accounts";
  const who = useQuery<Account | null>({
    queryKey: ["session"],
    queryFn: whoIsIt,
    enabled: asksAtOnce || hasAccounts,
    // its end is told by a 401: to find it out here would take the page away with what is written on it
    staleTime: Infinity,
    gcTime: Infinity,
    refetchOnReconnect: false,
  });
  const account = who.data ?? null;
  const isKnown = !about.isPending && !(hasAccounts && who.isPending);
  return {
    about,
    account,
    hasAccounts,
    isKnown,
    /** Somebody whom only the form is for. */
    isStranger: isKnown && hasAccounts && !account,
    isAdmin: account?.role === "admin",
  };
}

export type Who = ReturnType<typeof useSession>;

/** Takes somebody in. */
export function useSignedIn() {
  const queries = useQueryClient();
  return (account: Account) => {
    queries.setQueryData<Account | null>(["session"], account);
    signInAgain.worksHere(true);
    signInAgain.signedIn();
  };
}

/** A 401 means that the session is over only where there was one. */
export function useWorksHere(account: Account | null) {
  useEffect(() => signInAgain.worksHere(account !== null), [account]);
}

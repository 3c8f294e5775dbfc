import type { ReactNode } from "react";
import { Link, Redirect, useLocation, useSearch } from "wouter";
import { Late } from "../ui/Late";
import { usePageTitle } from "../ui/usePageTitle";
import { loginHref } from "./next";
import type { Who } from "./useSession";

/** A page for those who are signed in, or for all where access is open. */
export function ForAgents({ who, children }: { who: Who; children: ReactNode }) {
  const [path] = useLocation();
  const search = useSearch();
  if (!who.isKnown) return <Late />;
  if (who.isStranger) {
    return <Redirect to={loginHref(path + (search && `?${search}`))} replace />;
  }
  return children;
}

/** A page for admins; to all others it says so. */
export function ForAdmins({ who, children }: { who: Who; children: ReactNode }) {
  return (
    <ForAgents who={who}>
      {who.isAdmin ? children : <Forbidden signedIn={!!who.account} />}
    </ForAgents>
  );
}

function Forbidden({ signedIn }: { signedIn: boolean }) {
  usePageTitle("Not for your account");
  return (
    <>
      <h1>Only admins can see this page</h1>
      <p>
        {signedIn
          ? "Your account is an agent’s. Ask an admin to change its role if you need this page."
          : "You are not signed in."}
      </p>
      <p>
        {signedIn ? (
          <Link href="/tickets">All tickets</Link>
        ) : (
          <Link href={loginHref("/admin/users")}>Sign in</Link>
        )}
      </p>
    </>
  );
}

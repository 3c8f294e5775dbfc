import type { ReactNode } from "react";
import { Link, Redirect, useLocation, useSearch } from "wouter";
import { t } from "../language/text";
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
  usePageTitle(t.shell.notForYou);
  return (
    <>
      <h1>{t.shell.adminsOnly}</h1>
      <p>{signedIn ? t.shell.askForRole : t.shell.notSignedIn}</p>
      <p>
        {signedIn ? (
          <Link href="/tickets">{t.shell.allTickets}</Link>
        ) : (
          <Link href={loginHref("/admin/users")}>{t.shell.signInHere}</Link>
        )}
      </p>
    </>
  );
}

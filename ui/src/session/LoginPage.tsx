import { useRef } from "react";
import { Link, Redirect, useLocation, useSearch } from "wouter";
import { usePageTitle } from "../ui/usePageTitle";
import { nextPath } from "./next";
import { SignInForm } from "./SignInForm";
import styles from "./session.module.css";
import { useSession, useSignedIn } from "./useSession";

/** Leads back to the page that was asked for. */
export default function LoginPage() {
  const [, go] = useLocation();
  const next = nextPath(useSearch());
  const { account, about, isKnown } = useSession(true);
  const enter = useSignedIn();
  const entering = useRef(false);
  usePageTitle("Sign in");
  if (account && !entering.current) return <Redirect to={next} replace />;
  return (
    <div className={styles.narrow}>
      <h1>Sign in</h1>
      {isKnown && about.data?.access === "open" && (
        <p className={styles.lead}>
          Access is open here: you need no account. Go on to <Link href={next}>the page</Link>.
        </p>
      )}
      <p className={styles.lead}>
        For those who answer tickets. To get help, <Link href="/">submit a ticket</Link>: that needs
        no account.
      </p>
      <SignInForm
        done={(account) => {
          entering.current = true;
          enter(account);
          go(next, { replace: true });
        }}
      />
      <p className={styles.after}>
        No account, or the password is lost? An admin can send you a link.
      </p>
    </div>
  );
}

import { useRef } from "react";
import { Link, Redirect, useLocation, useSearch } from "wouter";
import { t } from "../language/work";
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
  usePageTitle(t.session.signIn);
  if (account && !entering.current) return <Redirect to={next} replace />;
  return (
    <div className={styles.narrow}>
      <h1>{t.session.signIn}</h1>
      {isKnown && about.data?.access === "open" && (
        <p className={styles.lead}>
          {t.session.openAccess((text) => (
            <Link href={next}>{text}</Link>
          ))}
        </p>
      )}
      <p className={styles.lead}>
        {t.session.lead((text) => (
          <Link href="/">{text}</Link>
        ))}
      </p>
      <SignInForm
        done={(account) => {
          entering.current = true;
          enter(account);
          go(next, { replace: true });
        }}
      />
      <p className={styles.after}>{t.session.lost}</p>
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { own } from "../api/account";
import type { Link as OneTime } from "../api/accounts";
import { Problem } from "../api/client";
import styles from "../session/session.module.css";
import { useSignedIn } from "../session/useSession";
import { Failure } from "../ui/Failure";
import { useLate } from "../ui/useLate";
import { usePageTitle } from "../ui/usePageTitle";
import { WelcomeForm } from "./WelcomeForm";

/** Where a one-time link leads: to a password of one's own. */
export default function WelcomePage({ secret }: { secret: string }) {
  const [, go] = useLocation();
  const enter = useSignedIn();
  const link = useQuery<OneTime>({
    queryKey: ["link", secret],
    queryFn: () => own.link(secret),
    staleTime: Infinity,
  });
  const waits = useLate(link.isPending);
  const isOver = link.error instanceof Problem && link.error.status === 404;
  const isSetup = link.data?.purpose === "setup";
  usePageTitle(
    isOver ? "This link is over" : isSetup ? "Set up the first account" : "Set your password",
  );
  return (
    <div className={styles.narrow}>
      <meta name="robots" content="noindex" />
      {waits && <p role="status">Loading…</p>}
      {isOver && (
        <>
          <h1>This link is over</h1>
          <p>
            It was used already, has run out after three days, or was cut short when it was copied.
          </p>
          <p>Ask the admin who sent it for a new one.</p>
        </>
      )}
      {link.isError && !isOver && <Failure error={link.error} retry={() => void link.refetch()} />}
      {link.data && (
        <>
          <h1>{isSetup ? "Set up the first account" : "Set your password"}</h1>
          <p className={styles.lead}>
            {isSetup
              ? "It is an admin’s: it can invite all others."
              : "Then you are signed in. This link works once."}
          </p>
          <WelcomeForm
            secret={secret}
            link={link.data}
            over={() => void link.refetch()}
            done={(account) => {
              enter(account);
              go("/tickets", { replace: true });
            }}
          />
        </>
      )}
    </div>
  );
}

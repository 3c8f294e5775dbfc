import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { own } from "../api/account";
import type { Link as OneTime } from "../api/accounts";
import { Problem } from "../api/client";
import { t } from "../language/work";
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
  usePageTitle(isOver ? t.welcome.linkOver : isSetup ? t.welcome.setUp : t.welcome.setPassword);
  return (
    <div className={styles.narrow}>
      <meta name="robots" content="noindex" />
      {waits && <p role="status">{t.ui.loading}</p>}
      {isOver && (
        <>
          <h1>{t.welcome.linkOver}</h1>
          <p>{t.welcome.linkOverWhy}</p>
          <p>{t.welcome.askForNew}</p>
        </>
      )}
      {link.isError && !isOver && <Failure error={link.error} retry={() => void link.refetch()} />}
      {link.data && (
        <>
          <h1>{isSetup ? t.welcome.setUp : t.welcome.setPassword}</h1>
          <p className={styles.lead}>{isSetup ? t.welcome.setUpLead : t.welcome.setPasswordLead}</p>
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

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Account } from "../api/accounts";
import { admin } from "../api/admin";
import { t } from "../language/work";
import { SessionList } from "../settings/SessionList";
import { CopyField } from "../ui/CopyField";
import { Failure } from "../ui/Failure";
import Confirm from "../ui/forms/Confirm";
import form from "../ui/forms/Form.module.css";
import { useSubmit } from "../ui/forms/useSubmit";
import styles from "./admin.module.css";
import { whole } from "./link";

/** How a person gets in: the password, the second factor, where they are signed in. */
export function AccountAccess(props: { account: Account; renew: () => Promise<void> }) {
  const { account, renew } = props;
  const queries = useQueryClient();
  const key = ["sessions", account.id];
  const sessions = useQuery({ queryKey: key, queryFn: () => admin.sessions(account.id) });
  const [link, setLink] = useState("");
  const [asks, setAsks] = useState<"totp" | "sessions" | null>(null);
  const makeLink = useSubmit([], async () => setLink(whole((await admin.link(account.id)).link)));
  const count = sessions.data?.results.length ?? 0;
  return (
    <section className={styles.group} aria-label={t.access.heading}>
      <h3>{t.access.heading}</h3>
      {makeLink.failure && (
        <p role="alert" className="error">
          {makeLink.failure}
        </p>
      )}
      {link ? (
        <>
          <p role="status">{t.access.sendLink(account.name)}</p>
          <CopyField label={t.admin.link} value={link} />
        </>
      ) : (
        <div className={form.actions}>
          <button type="button" aria-busy={makeLink.sending} onClick={() => void makeLink.submit()}>
            {t.access.makeLink}
          </button>
        </div>
      )}
      {sessions.isError && <Failure error={sessions.error} retry={() => void sessions.refetch()} />}
      {count === 0 && sessions.data && <p>{t.access.nowhere(account.name)}</p>}
      {count > 0 && sessions.data && <SessionList sessions={sessions.data.results} />}
      <div className={form.actions}>
        {count > 0 && (
          <button type="button" className="danger" onClick={() => setAsks("sessions")}>
            {t.access.signOutEverywhere(account.name)}
          </button>
        )}
        {account.has_totp && (
          <button type="button" className="danger" onClick={() => setAsks("totp")}>
            {t.access.removeFactor(account.name)}
          </button>
        )}
      </div>
      {asks === "sessions" && (
        <Confirm
          title={t.access.signOutTitle(account.name)}
          action={t.access.signOut(account.name)}
          close={() => setAsks(null)}
          run={async () => {
            await admin.endSessions(account.id);
            await queries.invalidateQueries({ queryKey: key });
          }}
        >
          <p>{t.access.signOutWarning}</p>
        </Confirm>
      )}
      {asks === "totp" && (
        <Confirm
          title={t.access.removeFactorTitle(account.name)}
          action={t.access.removeFactor(account.name)}
          close={() => setAsks(null)}
          run={async () => {
            await admin.removeTotp(account.id);
            await renew();
          }}
        >
          <p>{t.access.removeFactorWarning}</p>
        </Confirm>
      )}
    </section>
  );
}

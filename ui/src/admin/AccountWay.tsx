import { useState } from "react";
import type { Account } from "../api/accounts";
import { admin } from "../api/admin";
import { t } from "../language/work";
import Confirm from "../ui/forms/Confirm";
import form from "../ui/forms/Form.module.css";
import { useSubmit } from "../ui/forms/useSubmit";
import styles from "./admin.module.css";

/** The way out, for a while or for good. */
export function AccountWay(props: {
  account: Account;
  renew: () => Promise<void>;
  removed: () => void;
}) {
  const { account, renew } = props;
  const [asks, setAsks] = useState<"deactivate" | "remove" | null>(null);
  const activate = useSubmit([], async () => {
    await admin.change(account.id, { is_active: true });
    await renew();
  });
  return (
    <section className={styles.group} aria-label={t.access.leaving}>
      <h3>{t.access.leaving}</h3>
      {activate.failure && (
        <p role="alert" className="error">
          {activate.failure}
        </p>
      )}
      <div className={form.actions}>
        {account.is_active ? (
          <button type="button" className="danger" onClick={() => setAsks("deactivate")}>
            {t.access.deactivate(account.name)}
          </button>
        ) : (
          <button type="button" aria-busy={activate.sending} onClick={() => void activate.submit()}>
            {t.access.activate(account.name)}
          </button>
        )}
        <button type="button" className="danger" onClick={() => setAsks("remove")}>
          {t.access.remove(account.name)}
        </button>
      </div>
      {asks === "deactivate" && (
        <Confirm
          title={t.access.deactivateTitle(account.name)}
          action={t.access.deactivate(account.name)}
          close={() => setAsks(null)}
          run={async () => {
            await admin.change(account.id, { is_active: false });
            await renew();
          }}
        >
          <p>{t.access.deactivateWarning}</p>
        </Confirm>
      )}
      {asks === "remove" && (
        <Confirm
          title={t.access.removeTitle(account.name)}
          action={t.access.remove(account.name)}
          close={() => setAsks(null)}
          run={async () => {
            await admin.remove(account.id);
            props.removed();
            await renew();
          }}
        >
          <p>{t.access.removeWarning(account.email)}</p>
        </Confirm>
      )}
    </section>
  );
}

import { useState } from "react";
import type { Account } from "../api/accounts";
import { admin } from "../api/admin";
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
    <section className={styles.group} aria-label="Leaving">
      <h3>Leaving</h3>
      {activate.failure && (
        <p role="alert" className="error">
          {activate.failure}
        </p>
      )}
      <div className={form.actions}>
        {account.is_active ? (
          <button type="button" className="danger" onClick={() => setAsks("deactivate")}>
            Deactivate {account.name}
          </button>
        ) : (
          <button type="button" aria-busy={activate.sending} onClick={() => void activate.submit()}>
            Activate {account.name}
          </button>
        )}
        <button type="button" className="danger" onClick={() => setAsks("remove")}>
          Remove {account.name}
        </button>
      </div>
      {asks === "deactivate" && (
        <Confirm
          title={`Deactivate ${account.name}?`}
          action={`Deactivate ${account.name}`}
          close={() => setAsks(null)}
          run={async () => {
            await admin.change(account.id, { is_active: false });
            await renew();
          }}
        >
          <p>All sessions and tokens stop working. You can activate the account again later.</p>
        </Confirm>
      )}
      {asks === "remove" && (
        <Confirm
          title={`Remove ${account.name}?`}
          action={`Remove ${account.name}`}
          close={() => setAsks(null)}
          run={async () => {
            await admin.remove(account.id);
            props.removed();
            await renew();
          }}
        >
          <p>The account of {account.email} is deleted with its sessions and tokens, for good.</p>
        </Confirm>
      )}
    </section>
  );
}

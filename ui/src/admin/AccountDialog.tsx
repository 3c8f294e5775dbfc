import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Account, Role } from "../api/accounts";
import { admin } from "../api/admin";
import { t } from "../language/work";
import { Dialog } from "../ui/forms/Dialog";
import { Field, SelectField } from "../ui/forms/Field";
import styles from "../ui/forms/Form.module.css";
import { Invalid, useSubmit } from "../ui/forms/useSubmit";
import { Options } from "../ui/Options";
import { AccountAccess } from "./AccountAccess";
import { AccountTokens } from "./AccountTokens";
import { AccountWay } from "./AccountWay";

/** Everything about one person's account. */
export function AccountDialog({ account, close }: { account: Account; close: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(account.name);
  const [role, setRole] = useState<Role>(account.role);
  const [saved, setSaved] = useState(false);
  const renew = () => queries.invalidateQueries({ queryKey: ["accounts"] });
  const save = useSubmit(["name", "role"], async () => {
    setSaved(false);
    if (!name.trim()) throw new Invalid({ name: t.admin.enterName });
    await admin.change(account.id, {
      ...(name.trim() !== account.name && { name: name.trim() }),
      ...(role !== account.role && { role }),
    });
    await renew();
    setSaved(true);
  });
  return (
    <Dialog title={account.name} close={close}>
      <div className={styles.form}>
        <p>{account.email}</p>
        <form ref={save.form} className={styles.form} onSubmit={save.submit} noValidate>
          {save.failure && (
            <p role="alert" className="error">
              {save.failure}
            </p>
          )}
          <Field
            label={t.forms.name}
            autoComplete="off"
            value={name}
            error={save.errors.name}
            onChange={(event) => setName(event.target.value)}
          />
          <SelectField
            label={t.admin.role}
            value={role}
            error={save.errors.role}
            onChange={(event) => setRole(event.target.value as Role)}
          >
            <Options words={t.words.roles} />
          </SelectField>
          <div className={styles.actions}>
            <button type="submit" className="primary" aria-busy={save.sending}>
              {t.forms.save}
            </button>
            <button type="button" onClick={close}>
              {t.forms.close}
            </button>
            <span role="status" className={styles.saved}>
              {saved ? t.forms.saved : ""}
            </span>
          </div>
        </form>
        <AccountAccess account={account} renew={renew} />
        <AccountTokens account={account} />
        <AccountWay account={account} renew={renew} removed={close} />
      </div>
    </Dialog>
  );
}

import type { Account } from "../api/accounts";
import { moment } from "../language/format";
import { t } from "../language/work";
import styles from "./admin.module.css";

export function UserTable(props: { accounts: Account[]; open: (account: Account) => void }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t.forms.name}</th>
          <th scope="col">{t.admin.role}</th>
          <th scope="col">{t.admin.state}</th>
          <th scope="col">{t.admin.secondFactor}</th>
          <th scope="col">{t.admin.lastSignedIn}</th>
          <th scope="col">
            <span className="unseen">{t.admin.change}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.accounts.map((account) => (
          <tr key={account.id} className={account.is_active ? undefined : styles.off}>
            <td>
              <strong>{account.name}</strong>
              <small>{account.email}</small>
            </td>
            <td data-name={t.admin.role}>{t.words.roles[account.role]}</td>
            <td data-name={t.admin.state}>
              <State account={account} />
            </td>
            <td data-name={t.admin.secondFactor}>{account.has_totp ? t.admin.on : t.admin.off}</td>
            <td data-name={t.admin.lastSignedIn}>
              {account.last_sign_in_at ? (
                <time dateTime={account.last_sign_in_at}>{moment(account.last_sign_in_at)}</time>
              ) : (
                t.admin.never
              )}
            </td>
            <td>
              <button
                type="button"
                aria-label={t.admin.changeName(account.name)}
                onClick={() => props.open(account)}
              >
                {t.admin.change}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ account }: { account: Account }) {
  if (!account.is_active) {
    return (
      <span className={styles.tag} data-kind="bad">
        {t.admin.deactivated}
      </span>
    );
  }
  if (!account.has_password) {
    return (
      <span className={styles.tag} data-kind="good">
        {t.admin.invited}
      </span>
    );
  }
  return <span className={styles.tag}>{t.admin.active}</span>;
}

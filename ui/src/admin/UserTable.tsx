import type { Account } from "../api/accounts";
import { moment } from "../ui/moment";
import styles from "./admin.module.css";

export function UserTable(props: { accounts: Account[]; open: (account: Account) => void }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col">State</th>
          <th scope="col">Second factor</th>
          <th scope="col">Last signed in</th>
          <th scope="col">
            <span className="unseen">Change</span>
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
            <td data-name="Role">{account.role === "admin" ? "Admin" : "Agent"}</td>
            <td data-name="State">
              <State account={account} />
            </td>
            <td data-name="Second factor">{account.has_totp ? "On" : "Off"}</td>
            <td data-name="Last signed in">
              {account.last_sign_in_at ? (
                <time dateTime={account.last_sign_in_at}>{moment(account.last_sign_in_at)}</time>
              ) : (
                "never"
              )}
            </td>
            <td>
              <button
                type="button"
                aria-label={`Change ${account.name}`}
                onClick={() => props.open(account)}
              >
                Change
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
        Deactivated
      </span>
    );
  }
  if (!account.has_password) {
    return (
      <span className={styles.tag} data-kind="good">
        Invited
      </span>
    );
  }
  return <span className={styles.tag}>Active</span>;
}

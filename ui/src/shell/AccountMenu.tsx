import { useState } from "react";
import { Link } from "wouter";
import type { Account } from "../api/accounts";
import { t } from "../language/text";
import { signOut } from "../session/who";
import { Popover } from "../ui/Popover";
import styles from "./AccountMenu.module.css";

/** Who is signed in, and what they can do about it. */
export function AccountMenu({ account }: { account: Account }) {
  const [failure, setFailure] = useState("");
  return (
    <Popover
      className={styles.button}
      label={
        <>
          <span className={styles.name}>{account.name || account.email}</span>
          <svg aria-hidden="true" width="10" height="6" viewBox="0 0 10 6">
            <path d="M1 1l4 4 4-4" />
          </svg>
        </>
      }
    >
      <div className={styles.menu}>
        <p>
          {account.email}
          <span>{t.words.roles[account.role]}</span>
        </p>
        <Link
          href="/settings"
          onClick={(event) => event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover()}
        >
          {t.shell.settings}
        </Link>
        <button
          type="button"
          onClick={() => void signOut().catch((error: Error) => setFailure(error.message))}
        >
          {t.shell.signOut}
        </button>
        {failure && (
          <p role="alert" className="error">
            {t.shell.stillSignedIn(failure)}
          </p>
        )}
      </div>
    </Popover>
  );
}

import { useState } from "react";
import type { Scope, Token } from "../api/accounts";
import Confirm from "../ui/forms/Confirm";
import { moment } from "../ui/moment";
import styles from "./settings.module.css";

export const scopes: Record<Scope, string> = {
  read: "Read tickets",
  write: "Read and change tickets",
  admin: "Everything an admin may",
};

/** Tokens by their names, never themselves; each can be revoked. */
export function TokenList(props: { tokens: Token[]; revoke: (token: Token) => Promise<void> }) {
  const [revoking, setRevoking] = useState<Token | null>(null);
  return (
    <>
      <ul className={styles.rows}>
        {props.tokens.map((token) => (
          <li key={token.id}>
            <div>
              <strong>{token.name}</strong> <code>{token.hint}…</code>
              <small>
                {scopes[token.scope]} ·{" "}
                {Date.parse(token.expires_at) < Date.now() ? "ran out" : "until"}{" "}
                {moment(token.expires_at)} ·{" "}
                {token.last_used_at ? `used ${moment(token.last_used_at)}` : "never used"}
              </small>
            </div>
            <button
              type="button"
              className="danger"
              aria-label={`Revoke ${token.name}`}
              onClick={() => setRevoking(token)}
            >
              Revoke
            </button>
          </li>
        ))}
      </ul>
      {revoking && (
        <Confirm
          title={`Revoke the token “${revoking.name}”?`}
          action={`Revoke ${revoking.name}`}
          close={() => setRevoking(null)}
          run={() => props.revoke(revoking)}
        >
          <p>What uses it is refused from then on. This cannot be undone.</p>
        </Confirm>
      )}
    </>
  );
}

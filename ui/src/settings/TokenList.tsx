import { useState } from "react";
import type { Token } from "../api/accounts";
import { moment } from "../language/format";
import { t } from "../language/work";
import Confirm from "../ui/forms/Confirm";
import styles from "./settings.module.css";

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
              <small>{t.tokens.facts(t.tokens.scopes[token.scope], end(token), use(token))}</small>
            </div>
            <button
              type="button"
              className="danger"
              aria-label={t.tokens.revokeName(token.name)}
              onClick={() => setRevoking(token)}
            >
              {t.tokens.revoke}
            </button>
          </li>
        ))}
      </ul>
      {revoking && (
        <Confirm
          title={t.tokens.revokeTitle(revoking.name)}
          action={t.tokens.revokeName(revoking.name)}
          close={() => setRevoking(null)}
          run={() => props.revoke(revoking)}
        >
          <p>{t.tokens.revokeWarning}</p>
        </Confirm>
      )}
    </>
  );
}

function end({ expires_at }: Token): string {
  const when = moment(expires_at);
  return Date.parse(expires_at) < Date.now() ? t.tokens.ranOut(when) : t.tokens.until(when);
}

const use = ({ last_used_at }: Token): string =>
  last_used_at ? t.tokens.used(moment(last_used_at)) : t.tokens.neverUsed;

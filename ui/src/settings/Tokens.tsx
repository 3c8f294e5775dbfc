import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { own } from "../api/account";
import type { Role } from "../api/accounts";
import { t } from "../language/work";
import { CopyField } from "../ui/CopyField";
import { Failure } from "../ui/Failure";
import { Late } from "../ui/Late";
import { NewToken } from "./NewToken";
import styles from "./settings.module.css";
import { TokenList } from "./TokenList";

/** For scripts and other programs. A token is shown once, when it is made. */
export function Tokens({ role }: { role: Role }) {
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ["tokens"], queryFn: own.tokens });
  const [fresh, setFresh] = useState<{ name: string; token: string } | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const renew = () => queries.invalidateQueries({ queryKey: ["tokens"] });
  return (
    <section className={styles.section} aria-labelledby="tokens">
      <h2 id="tokens" ref={heading} tabIndex={-1}>
        {t.tokens.heading}
      </h2>
      <p className={styles.about}>
        {t.tokens.about((text) => (
          <code>{text}</code>
        ))}
      </p>
      {query.isPending && <Late />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {fresh && (
        <div className={styles.fresh}>
          <p role="status">{t.tokens.fresh(fresh.name)}</p>
          <CopyField label={t.tokens.token(fresh.name)} value={fresh.token} />
          <button
            type="button"
            onClick={() => {
              heading.current?.focus();
              setFresh(null);
            }}
          >
            {t.tokens.kept}
          </button>
        </div>
      )}
      {query.data?.results.length === 0 && !fresh && <p>{t.tokens.none}</p>}
      {query.data && query.data.results.length > 0 && (
        <TokenList
          tokens={query.data.results}
          revoke={async (token) => {
            await own.revokeToken(token.id);
            if (fresh?.name === token.name) setFresh(null);
            await renew();
          }}
        />
      )}
      <NewToken
        role={role}
        made={(token) => {
          setFresh(token);
          void renew();
        }}
      />
    </section>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Account } from "../api/accounts";
import { admin } from "../api/admin";
import { t } from "../language/work";
import { TokenList } from "../settings/TokenList";
import { Failure } from "../ui/Failure";
import styles from "./admin.module.css";

export function AccountTokens({ account }: { account: Account }) {
  const queries = useQueryClient();
  const key = ["tokens", account.id];
  const query = useQuery({ queryKey: key, queryFn: () => admin.tokens(account.id) });
  return (
    <section className={styles.group} aria-label={t.tokens.heading}>
      <h3>{t.tokens.heading}</h3>
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data?.results.length === 0 && <p>{t.access.noTokens(account.name)}</p>}
      {query.data && query.data.results.length > 0 && (
        <TokenList
          tokens={query.data.results}
          revoke={async (token) => {
            await admin.revokeToken(account.id, token.id);
            await queries.invalidateQueries({ queryKey: key });
          }}
        />
      )}
    </section>
  );
}

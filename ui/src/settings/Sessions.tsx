import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { own } from "../api/account";
import type { Session } from "../api/accounts";
import { moment } from "../language/format";
import { t } from "../language/work";
import { Failure } from "../ui/Failure";
import Confirm from "../ui/forms/Confirm";
import { Late } from "../ui/Late";
import { browserOf, SessionList } from "./SessionList";
import styles from "./settings.module.css";

export function Sessions() {
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ["sessions"], queryFn: own.sessions });
  const [ends, setEnds] = useState<Session | null>(null);
  return (
    <section className={styles.section} aria-labelledby="sessions">
      <h2 id="sessions">{t.sessions.heading}</h2>
      <p className={styles.about}>{t.sessions.about}</p>
      {query.isPending && <Late />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <SessionList
          sessions={query.data.results}
          end={(session) =>
            !session.is_current && (
              <button
                type="button"
                className="danger"
                aria-label={t.sessions.endOf(
                  browserOf(session.user_agent),
                  moment(session.last_seen_at),
                )}
                onClick={() => setEnds(session)}
              >
                {t.sessions.end}
              </button>
            )
          }
        />
      )}
      {ends && (
        <Confirm
          title={t.sessions.endTitle(browserOf(ends.user_agent))}
          action={t.sessions.endThis}
          close={() => setEnds(null)}
          run={async () => {
            await own.endSession(ends.id);
            await queries.invalidateQueries({ queryKey: ["sessions"] });
          }}
        >
          <p>{t.sessions.endWarning(ends.address, moment(ends.last_seen_at))}</p>
        </Confirm>
      )}
    </section>
  );
}

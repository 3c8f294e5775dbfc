import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { own } from "../api/account";
import type { Session } from "../api/accounts";
import { Failure } from "../ui/Failure";
import Confirm from "../ui/forms/Confirm";
import { Late } from "../ui/Late";
import { moment } from "../ui/moment";
import { browserOf, SessionList } from "./SessionList";
import styles from "./settings.module.css";

export function Sessions() {
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ["sessions"], queryFn: own.sessions });
  const [ends, setEnds] = useState<Session | null>(null);
  return (
    <section className={styles.section} aria-labelledby="sessions">
      <h2 id="sessions">Sessions</h2>
      <p className={styles.about}>Where you are signed in. End those that are not yours.</p>
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
                aria-label={`End the session of ${browserOf(session.user_agent)}, seen ${moment(session.last_seen_at)}`}
                onClick={() => setEnds(session)}
              >
                End
              </button>
            )
          }
        />
      )}
      {ends && (
        <Confirm
          title={`End the session of ${browserOf(ends.user_agent)}?`}
          action="End this session"
          close={() => setEnds(null)}
          run={async () => {
            await own.endSession(ends.id);
            await queries.invalidateQueries({ queryKey: ["sessions"] });
          }}
        >
          <p>
            It comes from {ends.address} and was seen {moment(ends.last_seen_at)}. Whoever uses it
            has to sign in again.
          </p>
        </Confirm>
      )}
    </section>
  );
}

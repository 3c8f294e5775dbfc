import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { api } from "../api/client";
import type { Ticket } from "../api/types";
import { t } from "../language/work";
import styles from "./History.module.css";

const Confirm = lazy(() => import("../ui/forms/Confirm"));

/** For good; only admins may, and an agent sees that. */
export function DeleteTicket(props: { ticket: Ticket; isAllowed: boolean; gone: () => void }) {
  const { ticket, isAllowed, gone } = props;
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  return (
    <div className={styles.delete}>
      <button
        type="button"
        className="danger"
        aria-disabled={!isAllowed}
        aria-describedby={isAllowed ? undefined : "delete-reason"}
        onClick={() => isAllowed && setAsks(true)}
      >
        {t.ticket.delete(ticket.id)}
      </button>
      {!isAllowed && <small id="delete-reason">{t.ticket.onlyAdmins}</small>}
      {asks && (
        <Suspense fallback={null}>
          <Confirm
            title={t.ticket.deleteTitle(ticket.id)}
            action={t.ticket.delete(ticket.id)}
            close={() => setAsks(false)}
            run={async () => {
              try {
                await api.remove(ticket.id, ticket.version);
              } finally {
                // also where it was changed meanwhile: then it is to be looked at again
                void queries.invalidateQueries({ queryKey: ["tickets"] });
                void queries.invalidateQueries({ queryKey: ["stats"] });
              }
              gone();
            }}
          >
            <p>{t.ticket.deleteWarning(ticket.title)}</p>
          </Confirm>
        </Suspense>
      )}
    </div>
  );
}

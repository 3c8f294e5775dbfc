import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Ticket, TicketPage, UpdateTicket } from "../api/types";

/**
 * Changes a ticket at once on the screen, in the list and in the panel, and takes back that one
 * ticket (not its neighbours, which may have changed meanwhile) if the server refuses.
 */
export function useUpdate(ticket: Ticket | undefined) {
  const queries = useQueryClient();
  const show = (changed: Ticket) => {
    queries.setQueryData(["ticket", changed.id], changed);
    queries.setQueriesData<TicketPage>(
      { queryKey: ["tickets"] },
      (page) =>
        page && {
          ...page,
          results: page.results.map((one) => (one.id === changed.id ? changed : one)),
        },
    );
  };
  return useMutation({
    mutationFn: (change: UpdateTicket) => {
      if (!ticket) throw new Error("there is no ticket to change");
      return api.update(ticket.id, ticket.version, change);
    },
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey: ["tickets"] });
      if (ticket) show({ ...ticket, ...(change as Partial<Ticket>) });
    },
    onSuccess: show,
    onError: () => {
      if (ticket) show(ticket);
      // the server's word is newer than ours
      void queries.invalidateQueries({ queryKey: ["ticket", ticket?.id] });
      void queries.invalidateQueries({ queryKey: ["tickets"] });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["stats"] }),
  });
}

/** Why a change was refused, for the person who made it. */
export function refusal(error: Error & { status?: number }): string {
  return error.status === 412
    ? "Somebody else changed this ticket meanwhile. It is shown as it is now; choose again."
    : `Not saved: ${error.message}`;
}

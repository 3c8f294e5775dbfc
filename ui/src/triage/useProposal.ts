import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Ticket } from "../api/types";

/** What the classifier would choose, and the words it goes by; nothing where there is none. */
export function useProposal(ticket: Ticket | undefined, suggests: boolean) {
  return useQuery({
    queryKey: ["proposal", ticket?.id, ticket?.title, ticket?.description],
    queryFn: ({ signal }) =>
      api.classify({ title: ticket?.title ?? "", description: ticket?.description ?? "" }, signal),
    enabled: suggests && ticket !== undefined,
    staleTime: Infinity,
    retry: false,
  }).data;
}

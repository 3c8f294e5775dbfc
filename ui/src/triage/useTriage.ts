import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../api/client";
import type { Priority, Ticket, TicketChange } from "../api/types";
import { withChanges } from "../tickets/changes";
import { make } from "../tickets/useChanges";
import { useWork } from "../tickets/useWork";
import { filterOf, gathered, orderOf, partOf, queriesFor } from "./queue";

/** Something that `z` takes back: a change of a value, or leaving a ticket behind. */
type Step = { at: number; kind: "changed" | "accepted" | "skipped" };

/** Tickets before the end of what was read at which more is asked for. */
const NEAR = 20;

/** Goes through a queue, one decision at a time. */
export function useTriage(search: string) {
  const work = useWork();
  // the same queue until one leaves it: what is decided must not move what is not
  const kept = { staleTime: Infinity, gcTime: 0, refetchOnReconnect: false };
  const queue = useInfiniteQuery({
    queryKey: ["triage", search],
    queryFn: ({ pageParam, signal }) => partOf(pageParam, signal),
    initialPageParam: queriesFor(search),
    getNextPageParam: ({ rest }) => (rest.length > 0 ? rest : undefined),
    ...kept,
  });
  // the first part of several queries knows only its own
  const all = useQuery({
    queryKey: ["triage", "all", filterOf(search)],
    queryFn: ({ signal }) => api.tickets(`${filterOf(search)}&decided=false&limit=1`, signal),
    enabled: orderOf(search) === "urgent",
    ...kept,
  });
  const [steps, setSteps] = useState<Step[]>([]);
  const [at, setAt] = useState(0);
  const tickets = gathered(queue.data?.pages ?? []);
  const { hasNextPage, isError, isFetching, fetchNextPage } = queue;
  const counted = orderOf(search) === "urgent" ? all.data?.count : queue.data?.pages[0]?.count;
  const total = hasNextPage ? Math.max(tickets.length, counted ?? 0) : tickets.length;
  const ticket = tickets[at];
  const isShort = hasNextPage && tickets.length - at < NEAR && !isFetching && !isError;
  useEffect(() => {
    if (isShort) void fetchNextPage();
  }, [isShort, fetchNextPage]);

  function did(kind: Step["kind"]) {
    setSteps([...steps, { at, kind }]);
    if (kind !== "changed") setAt(at + 1);
  }
  function change(to: TicketChange) {
    if (!ticket) return;
    const now = shown(work, ticket);
    const isOther = Object.entries(to).some(([name, value]) => now[name as keyof Ticket] !== value);
    if (!isOther) return;
    make(work, ticket, to);
    did("changed");
  }
  return {
    queue,
    /** Whether all was gone through, or there was nothing. */
    isDone: queue.data !== undefined && !ticket && !hasNextPage,
    at,
    total,
    ticket,
    accepted: steps.filter(({ kind }) => kind === "accepted").length,
    skipped: steps.filter(({ kind }) => kind === "skipped").length,
    change,
    setPriority: (priority: Priority) => change({ priority }),
    /** As it stands: from now on it is a person's decision. */
    accept: () => {
      if (!ticket) return;
      const { category, priority } = shown(work, ticket);
      work.changes.change(ticket, { category, priority });
      did("accepted");
    },
    skip: () => ticket && did("skipped"),
    /** What was skipped, and what has come since. */
    again: async () => {
      await Promise.all([queue.refetch(), all.isEnabled && all.refetch()]);
      setSteps([]);
      setAt(0);
    },
    undo: () => {
      const last = steps.at(-1);
      if (!last) return;
      if (last.kind === "changed") void work.activity.undo();
      setSteps(steps.slice(0, -1));
      setAt(last.at);
    },
  };
}

const shown = ({ changes }: ReturnType<typeof useWork>, ticket: Ticket) =>
  withChanges(ticket, changes.line(ticket.id));

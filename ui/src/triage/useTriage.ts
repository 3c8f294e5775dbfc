import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Priority, Ticket, TicketChange } from "../api/types";
import { withChanges } from "../tickets/changes";
import { make } from "../tickets/useChanges";
import { useWork } from "../tickets/useWork";
import { queueOf } from "./queue";

/** Something that `z` takes back: a change of a value, or leaving a ticket behind. */
type Step = { at: number; kind: "changed" | "accepted" | "skipped" };

/** Goes through a queue, one decision at a time. */
export function useTriage(search: string) {
  const work = useWork();
  const queue = useQuery({
    queryKey: ["triage", search],
    queryFn: ({ signal }) => queueOf(search, signal),
    // the same queue until one leaves it: what is decided must not move what is not
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  const [steps, setSteps] = useState<Step[]>([]);
  const [at, setAt] = useState(0);
  const total = queue.data?.length ?? 0;
  const ticket = queue.data?.[at];

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
      await queue.refetch();
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

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../api/client";
import type { TicketPage } from "../api/types";
import { EVERY } from "./every";
import {
  begun,
  looked,
  type Pages,
  queryFor,
  rowsOf,
  waitingIn,
  withNext,
  withPrevious,
  withTickets,
} from "./pages";
import { useTold, useWork } from "./useWork";

/** Rows of a page after the first, which is short to be there soon. */
const SIZE = 200;

/** Rows from the edge of what is loaded at which more is asked for. */
const NEAR = 60;

type Kept = { key: string; head: TicketPage; pages: Pages };

/**
 * All rows of a list, of which a part is in memory. They follow the server, except while `held` (pointer
 * or focus in the list, or scrolled down): then they stay, and newer ones wait for `show`.
 */
export function useEndless(key: string, head: TicketPage | undefined, held: boolean) {
  const { feed } = useWork();
  const [kept, setKept] = useState<Kept | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const [sees, setSees] = useState("");
  const asking = useRef<AbortController>(undefined);

  const renew = (fresh: TicketPage) => {
    asking.current?.abort();
    asking.current = undefined;
    setFailure(null);
    setKept({ key, head: fresh, pages: begun(key, fresh) });
  };
  if (head && kept?.head !== head) {
    if (kept?.key === key && held) setKept({ key, head, pages: looked(kept.pages, head) });
    else renew(head);
  }
  const edit = (change: (pages: Pages) => Pages) =>
    setKept((now) => (now?.key === key ? { ...now, pages: change(now.pages) } : now));

  // biome-ignore lint/correctness/useExhaustiveDependencies: for each list
  useEffect(() => feed.subscribe((tickets) => edit((pages) => withTickets(pages, tickets))), [key]);
  useEffect(() => () => asking.current?.abort(), []);

  // the part that one looks at, where it is not the start, which is looked at anyway
  const part = useQuery({
    queryKey: ["tickets", key, sees],
    queryFn: ({ signal }) => api.tickets(sees, signal),
    enabled: sees !== "" && sees !== key,
    refetchInterval: EVERY,
    gcTime: EVERY,
  });
  useTold(part.data?.results);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each look
  useEffect(() => {
    if (part.data) edit((pages) => looked(pages, part.data));
  }, [part.data]);

  async function more(side: "next" | "previous") {
    const query = kept && queryFor(kept.pages, side, SIZE);
    if (!query || asking.current) return;
    const asked = new AbortController();
    asking.current = asked;
    setFailure(null);
    try {
      const page = await api.tickets(query, asked.signal);
      if (asked.signal.aborted) return;
      edit((pages) => (side === "next" ? withNext : withPrevious)(pages, query, page));
    } catch (error) {
      if (!asked.signal.aborted) setFailure(error as Error);
    } finally {
      if (asking.current === asked) asking.current = undefined;
    }
  }

  const pages = kept?.pages;
  const rows = pages ? rowsOf(pages) : undefined;
  const start = pages?.start ?? 0;
  const end = start + (rows?.length ?? 0);
  const hasMore = (pages?.kept.at(-1)?.next ?? null) !== null;

  return {
    rows,
    start,
    end,
    hasMore,
    failure,
    gone: pages?.gone ?? new Set<number>(),
    waiting: pages && kept.head ? waitingIn(pages, kept.head) : 0,
    /** Draws the list anew from its start. */
    show: () => kept && renew(kept.head),
    more: () => void more("next"),
    /** Tells which rows are in sight, so that their neighbours come in time. */
    look: (first: number, last: number) => {
      if (!pages) return;
      if (first === 0 && start > 0) return renew(kept.head);
      if (hasMore && !failure && last > end - NEAR) void more("next");
      else if (start > 0 && first < start + NEAR) void more("previous");
      let before = start;
      const middle = (first + last) / 2;
      const seen = pages.kept.find(({ results }) => {
        before += results.length;
        return middle < before;
      });
      if (seen) setSees(seen.query);
    },
  };
}

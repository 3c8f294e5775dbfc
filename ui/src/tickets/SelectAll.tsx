import { useEffect, useRef, useState } from "react";
import type { Ticket } from "../api/types";
import { t } from "../language/work";
import { MOST_SELECTED, wholeList } from "./selectAll";

/** Selects also what is not loaded, where that is more than what is selected. */
export function SelectAll(props: {
  search: string;
  count: number | null | undefined;
  selected: number;
  loaded: number;
  add: (tickets: Ticket[]) => void;
}) {
  const { count, selected } = props;
  const [reached, setReached] = useState<number | null>(null);
  const [failure, setFailure] = useState("");
  const asked = useRef<AbortController>(undefined);
  useEffect(() => () => asked.current?.abort(), []);
  const isOffered = selected >= props.loaded && count != null && count > selected;
  if (!isOffered || count > MOST_SELECTED) return null;

  async function start() {
    if (reached !== null) return;
    asked.current = new AbortController();
    const { signal } = asked.current;
    setReached(0);
    setFailure("");
    try {
      props.add(await wholeList(props.search, signal, setReached));
    } catch (error) {
      if (!signal.aborted) setFailure((error as Error).message);
    }
    setReached(null);
  }
  return (
    <>
      <button type="button" aria-busy={reached !== null} onClick={() => void start()}>
        {reached === null ? t.bulk.selectAll(count) : t.bulk.selecting(reached, count)}
      </button>
      {failure && (
        <p role="alert" className="error">
          {failure}
        </p>
      )}
    </>
  );
}

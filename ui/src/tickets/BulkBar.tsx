import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Ticket, TicketChange } from "../api/types";
import { useCommands } from "../commands/useCommands";
import { t } from "../language/work";
import { Options } from "../ui/Options";
import { useOnline } from "../ui/useOnline";
import styles from "./BulkBar.module.css";
import { inWords, outcome } from "./bulk";
import { isCutOff, queueBulk } from "./queueBulk";
import { SelectAll } from "./SelectAll";
import { sendBulk } from "./sendBulk";
import { useWork } from "./useWork";

const fields = [
  { name: "status", id: "bulk-Status", list: "statuses" },
  { name: "priority", id: "bulk-Priority", list: "priorities" },
  { name: "category", id: "bulk-Category", list: "categories" },
] as const;

/** One change for many tickets, in one request. What failed stays selected, with its reason. */
export function BulkBar(props: {
  tickets: Ticket[];
  /** The list that they are of. */
  all: { search: string; count: number | null | undefined; loaded: number };
  add: (tickets: Ticket[]) => void;
  isPanelOpen: boolean;
  clear: () => void;
  /** Keeps only these, each with what went wrong. */
  keep: (failed: Map<number, string>) => void;
}) {
  const { tickets } = props;
  const queries = useQueryClient();
  const work = useWork();
  const [change, setChange] = useState<TicketChange>({});
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState("");
  const [said, setSaid] = useState("");
  const [queued, setQueued] = useState(0);
  const online = useOnline();
  // what waited is on its way once there is a network: the state in the header says the rest
  const told = said || (online || queued === 0 ? "" : t.bulk.waits(queued));
  const bar = useRef<HTMLFormElement>(null);
  const isEmpty = Object.keys(change).length === 0;
  useCommands({ back: !props.isPanelOpen && tickets.length > 0 ? props.clear : undefined });
  // what was said of the last change is over with the next selection
  const isNew = tickets.length > 0 && !sending;
  useEffect(() => {
    if (isNew) setFailure("");
  }, [isNew]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (sending) return;
    if (isEmpty) return setFailure(t.bulk.chooseFirst);
    const finish = () => {
      setChange({});
      document.getElementById("main")?.focus({ preventScroll: true });
    };
    const queue = () => {
      queueBulk(work, tickets, change);
      setQueued(tickets.length);
      finish();
      props.keep(new Map());
    };
    setFailure("");
    setSaid("");
    setQueued(0);
    if (isCutOff()) return queue();
    setSending(true);
    try {
      const results = await sendBulk(tickets, change);
      const done = outcome(
        tickets.map(({ id }) => id),
        results,
      );
      const changed = new Set(done.changed.map(({ id }) => id));
      work.activity.record(
        change,
        tickets.filter(({ id }) => changed.has(id)),
        "done",
      );
      work.keep(done.changed);
      setSaid(inWords(done));
      if (done.failed.size === 0) finish();
      props.keep(done.failed);
      // those that somebody else changed are to be tried from what they are now
      if (done.failed.size > 0) void queries.invalidateQueries({ queryKey: ["tickets"] });
    } catch (error) {
      if (isCutOff(error)) return queue();
      setFailure(t.bulk.nothingChanged((error as Error).message));
    } finally {
      setSending(false);
    }
  }

  return (
    <>
      <p role="status" className={tickets.length > 0 ? "unseen" : styles.said}>
        {told}
      </p>
      {tickets.length > 0 && (
        <form ref={bar} aria-label={t.bulk.label} className={styles.bar} onSubmit={submit}>
          <strong role="status">{t.bulk.selected(tickets.length)}</strong>
          {fields.map(({ name, id, list }) => (
            <div key={name}>
              <label htmlFor={id}>{t.words[name]}</label>
              <select
                id={id}
                value={change[name] ?? ""}
                onChange={(event) => {
                  const { [name]: _, ...rest } = change;
                  const { value } = event.target;
                  setChange((value ? { ...rest, [name]: value } : rest) as TicketChange);
                }}
              >
                <option value="">{t.bulk.asItIs}</option>
                <Options words={t.words[list]} />
              </select>
            </div>
          ))}
          <button type="submit" className="primary" aria-busy={sending}>
            {t.bulk.change(tickets.length)}
          </button>
          <SelectAll {...props.all} selected={tickets.length} add={props.add} />
          <button type="button" onClick={props.clear}>
            {t.bulk.clear}
          </button>
          {told && <span className={styles.result}>{told}</span>}
          {failure && (
            <p role="alert" className="error">
              {failure}
            </p>
          )}
        </form>
      )}
    </>
  );
}

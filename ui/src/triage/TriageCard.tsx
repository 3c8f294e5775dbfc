import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { Category, Priority, Ticket } from "../api/types";
import { CommandKey } from "../commands/CommandKey";
import { useCommands } from "../commands/useCommands";
import { moment } from "../language/format";
import { t } from "../language/work";
import { By } from "../tickets/By";
import { ChangeState } from "../tickets/ChangeState";
import { FieldSelect } from "../tickets/FieldSelect";
import { useChanges } from "../tickets/useChanges";
import { marked } from "./marked";
import { Proposal } from "./Proposal";
import styles from "./TriagePage.module.css";
import { useProposal } from "./useProposal";
import type { useTriage } from "./useTriage";

const order: Priority[] = ["low", "medium", "high", "critical"];

/** One ticket, and all that can be decided of it. */
export function TriageCard(props: {
  seen: Ticket;
  triage: ReturnType<typeof useTriage>;
  suggests: boolean;
}) {
  const { triage } = props;
  const { ticket, line, change: _, ...decide } = useChanges(props.seen);
  const suggestion = useProposal(props.seen, props.suggests);
  const heading = useRef<HTMLHeadingElement>(null);
  const { change } = triage;
  const take = () => {
    if (!suggestion) return;
    const { suggested_category: category, suggested_priority: priority } = suggestion;
    change({ category, priority });
  };
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const focus = (name: string) => () => document.getElementById(`ticket-${name}`)?.focus();
  useCommands({
    accept: triage.accept,
    skip: triage.skip,
    take,
    low: () => triage.setPriority("low"),
    medium: () => triage.setPriority("medium"),
    high: () => triage.setPriority("high"),
    critical: () => triage.setPriority("critical"),
    category: focus("Category"),
    priority: focus("Priority"),
  });
  // a choice from a list is made: the keys are the card's again
  const backToCard = () => heading.current?.focus({ preventScroll: true });

  return (
    <article className={styles.card} aria-labelledby="triage-title">
      <h2 id="triage-title" ref={heading} tabIndex={-1}>
        <bdi>{ticket.title}</bdi>
      </h2>
      <p className={styles.meta}>
        {t.triage.filed(
          <Link href={`/tickets/${ticket.id}`}>#{ticket.id}</Link>,
          moment(ticket.created_at),
        )}
      </p>
      <p className={styles.text} dir="auto">
        {marked(ticket.description, suggestion?.evidence ?? []).map(({ text, isMarked }, n) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their places
          isMarked ? <mark key={n}>{text}</mark> : <span key={n}>{text}</span>,
        )}
      </p>
      <Proposal suggestion={suggestion} ticket={ticket} take={take} />
      <div className={styles.fields}>
        <div>
          <FieldSelect
            name="Category"
            label={t.words.category}
            value={ticket.category}
            words={t.words.categories}
            change={(word) => {
              change({ category: word as Category });
              backToCard();
            }}
            source={ticket.category_source}
          />
        </div>
        <fieldset className={styles.priorities}>
          <legend>{t.words.priority}</legend>
          {order.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={ticket.priority === one}
              onClick={() => triage.setPriority(one)}
            >
              {t.words.priorities[one]} <CommandKey of={one} />
            </button>
          ))}
          <By source={ticket.priority_source} />
        </fieldset>
      </div>
      <ChangeState line={line} {...decide} />
      <div className={styles.actions}>
        <button type="button" className="primary" onClick={triage.accept}>
          {t.triage.accept} <CommandKey of="accept" />
        </button>
        <button type="button" onClick={triage.skip}>
          {t.triage.skip} <CommandKey of="skip" />
        </button>
        <button type="button" onClick={triage.undo}>
          {t.triage.undo} <CommandKey of="undo" />
        </button>
      </div>
    </article>
  );
}

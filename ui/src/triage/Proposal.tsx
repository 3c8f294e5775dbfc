import type { Suggestion, Ticket, TicketChange } from "../api/types";
import { CommandKey } from "../commands/CommandKey";
import { percent } from "../language/percent";
import { t } from "../language/work";
import { Star } from "../ui/Star";
import styles from "./TriagePage.module.css";

/** What the classifier proposes, how sure it is, and what of it the ticket is not. */
export function Proposal(props: {
  suggestion: Suggestion | undefined;
  ticket: Ticket;
  take: (change: TicketChange) => void;
}) {
  const { suggestion, ticket } = props;
  if (!suggestion) return <div className={styles.proposal} />;
  const { suggested_category: category, suggested_priority: priority, confidence } = suggestion;
  const sure = (word: string, confidence: number | undefined) => {
    const strong = <strong>{word}</strong>;
    return confidence === undefined ? strong : t.triage.withPercent(strong, percent(confidence));
  };
  const machine = (text: string) => (
    <span className={styles.machine}>
      <Star /> {text}
    </span>
  );
  const isSame = category === ticket.category && priority === ticket.priority;
  return (
    <div className={styles.proposal}>
      <p>
        {(isSame ? t.triage.proposesSame : t.triage.proposes)(
          machine,
          sure(t.words.categories[category], confidence?.category),
          sure(t.words.priorities[priority], confidence?.priority),
        )}
      </p>
      {!isSame && (
        <button type="button" onClick={() => props.take({ category, priority })}>
          {t.triage.use} <CommandKey of="take" />
        </button>
      )}
    </div>
  );
}

import type { Suggestion, Ticket, TicketChange } from "../api/types";
import { CommandKey } from "../commands/CommandKey";
import { categories, priorities } from "../tickets/words";
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
  const percent = (sure: number | undefined) =>
    sure === undefined ? "" : ` (${Math.round(100 * sure)} %)`;
  const isSame = category === ticket.category && priority === ticket.priority;
  return (
    <div className={styles.proposal}>
      <p>
        <span className={styles.machine}>
          <Star /> The classifier proposes{" "}
        </span>
        <strong>{categories[category]}</strong>
        {percent(confidence?.category)} · <strong>{priorities[priority]}</strong>
        {percent(confidence?.priority)}
        {isSame && ", as it stands"}
      </p>
      {!isSame && (
        <button type="button" onClick={() => props.take({ category, priority })}>
          Use it <CommandKey of="take" />
        </button>
      )}
    </div>
  );
}

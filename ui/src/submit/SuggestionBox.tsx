import { useRef } from "react";
import type { Category, Priority } from "../api/types";
import { categories, priorities, sources } from "../tickets/words";
import { Popover } from "../ui/Popover";
import { Star } from "../ui/Star";
import { useSaid } from "../ui/useSaid";
import { type Choice, isOpen, type Proposal } from "./choice";
import { surety } from "./confidence";
import { proposalsOf } from "./proposals";
import styles from "./SuggestionBox.module.css";
import type { State } from "./suggester";

/** Shows the suggestion, and says it to those who cannot see it. The height never changes. */
export function SuggestionBox(props: {
  state: State;
  category: Choice<Category>;
  priority: Choice<Priority>;
  again: () => void;
  /** Gives the fields back to the suggestion. */
  use: () => void;
  /** Takes a word that was not sure enough to be filled in. */
  take: (word: { category: Category } | { priority: Priority }) => void;
}) {
  const { state, category, priority } = props;
  const said = useSaid(announcement(state));
  const box = useRef<HTMLDivElement>(null);
  // the button goes with what it does; the focus stays near it
  const then = (does: () => void) => () => {
    box.current?.focus();
    does();
  };
  const shown = "suggestion" in state ? state.suggestion : null;
  const proposals = shown && proposalsOf(shown);
  const differs: string[] = [];
  if (proposals && isOther(category, proposals.category)) differs.push("category");
  if (proposals && isOther(priority, proposals.priority)) differs.push("priority");
  return (
    <div ref={box} tabIndex={-1} className={styles.box} data-shown={shown ? true : undefined}>
      <span role="status" className="unseen">
        {said}
      </span>
      {!shown && <Absent kind={state.kind} again={then(props.again)} />}
      {shown && proposals && (
        <>
          <div className={styles.head}>
            <strong>
              <Star /> <span>Suggestion</span>
            </strong>
            {"updating" in state && state.updating && <span>updating…</span>}
            <Popover label="Why?" className={styles.why}>
              <p className={styles.reason}>
                {capital(sources[shown.source])}, model {shown.model}, from the title and the
                description. It looks at nothing else.
                {shown.degraded && " It stands in for the language model, which does not answer."}
              </p>
              {shown.evidence.length > 0 && (
                <p className={styles.reason}>
                  It went by {new Intl.ListFormat("en").format(shown.evidence.map(quoted))}.
                </p>
              )}
              <p className={styles.reason}>A person reads every request.</p>
            </Popover>
          </div>
          <dl className={styles.words}>
            <Word
              name="Category"
              proposal={proposals.category}
              words={categories}
              take={(value) => props.take({ category: value })}
            />
            <Word
              name="Priority"
              proposal={proposals.priority}
              words={priorities}
              take={(value) => props.take({ priority: value })}
            />
          </dl>
          {differs.length === 0 ? (
            <p className={styles.hint}>
              {isOpen(proposals.category) || isOpen(proposals.priority)
                ? "Where it is unsure, please choose yourself, or let us decide."
                : "You can change both below."}
            </p>
          ) : (
            <p className={styles.differs}>
              <span>You chose differently for {differs.join(" and ")}; your choice stays.</span>
              <button type="button" onClick={then(props.use)}>
                Use the suggestion
              </button>
            </p>
          )}
        </>
      )}
    </div>
  );
}

function Word<T extends string>(props: {
  name: string;
  proposal: Proposal<T>;
  words: Record<T, string>;
  take: (value: T) => void;
}) {
  const { value, confidence, next, needsCheck } = props.proposal;
  return (
    <div>
      <dt>{props.name}</dt>
      {isOpen(props.proposal) ? (
        <dd>
          <span>
            {needsCheck ? `looks ${props.words[value].toLowerCase()}, please check:` : "unsure:"}
          </span>
          {[value, ...(next ? [next] : [])].map((one) => (
            <button
              key={one}
              type="button"
              aria-label={`Use ${props.words[one]}`}
              onClick={() => props.take(one)}
            >
              {props.words[one]}?
            </button>
          ))}
        </dd>
      ) : (
        <dd>
          <strong>{props.words[value]}</strong>
          {confidence !== undefined && (
            <span>
              {surety(confidence)}, {Math.round(confidence * 100)} %
            </span>
          )}
        </dd>
      )}
    </div>
  );
}

/** What stands in the box while there is no suggestion. */
function Absent({ kind, again }: { kind: State["kind"]; again: () => void }) {
  if (kind === "asking") return <p>Reading what you wrote…</p>;
  if (kind === "failed" || kind === "paused") {
    return (
      <>
        <p>No suggestion right now. Please choose yourself; nothing you wrote is lost.</p>
        {kind === "failed" && (
          <button type="button" onClick={again}>
            Try again
          </button>
        )}
      </>
    );
  }
  return <p>A category and a priority are suggested here while you write.</p>;
}

/** Waiting and asking are not worth an interruption; nor is a pause, which ends by itself. */
function announcement(state: State): string {
  if (state.kind === "failed") return "No suggestion right now. Please choose yourself.";
  if (!("suggestion" in state)) return "";
  const { category, priority } = proposalsOf(state.suggestion);
  const filled = [
    !isOpen(category) && `category ${categories[category.value]}`,
    !isOpen(priority) && `priority ${priorities[priority.value]}`,
  ].filter(Boolean);
  if (filled.length === 0) return "The suggestion is unsure. Please choose yourself.";
  const change = filled.length === 2 ? "You can change both." : "You can change it.";
  return `Suggested by AI: ${filled.join(", ")}. ${change}`;
}

const isOther = <T extends string>(choice: Choice<T>, proposal: Proposal<T>) =>
  (choice.by === "you" || choice.declined === proposal.value) &&
  choice.value !== proposal.value &&
  !isOpen(proposal);

const quoted = (phrase: string) => `“${phrase}”`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

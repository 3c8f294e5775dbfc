import { useRef } from "react";
import type { Category, Priority } from "../api/types";
import { percent } from "../language/percent";
import { t } from "../language/text";
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
  if (proposals && isOther(category, proposals.category)) differs.push(t.submit.differs.category);
  if (proposals && isOther(priority, proposals.priority)) differs.push(t.submit.differs.priority);
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
              <Star /> <span>{t.submit.suggestion}</span>
            </strong>
            {"updating" in state && state.updating && <span>{t.submit.updating}</span>}
            <Popover label={t.submit.why} className={styles.why}>
              <p className={styles.reason}>
                {t.submit.by(t.words.sources[shown.source], shown.model)}{" "}
                {shown.degraded && t.submit.degraded}
              </p>
              {shown.evidence.length > 0 && (
                <p className={styles.reason}>{t.submit.wentBy(shown.evidence)}</p>
              )}
              <p className={styles.reason}>{t.submit.personReads}</p>
            </Popover>
          </div>
          <dl className={styles.words}>
            <Word
              name={t.words.category}
              proposal={proposals.category}
              words={t.words.categories}
              take={(value) => props.take({ category: value })}
            />
            <Word
              name={t.words.priority}
              proposal={proposals.priority}
              words={t.words.priorities}
              take={(value) => props.take({ priority: value })}
            />
          </dl>
          {differs.length === 0 ? (
            <p className={styles.hint}>
              {isOpen(proposals.category) || isOpen(proposals.priority)
                ? t.submit.chooseWhereUnsure
                : t.submit.changeBelow}
            </p>
          ) : (
            <p className={styles.differs}>
              <span>{t.submit.youDiffer(differs)}</span>
              <button type="button" onClick={then(props.use)}>
                {t.submit.takeSuggestion}
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
          <span>{needsCheck ? t.submit.looks(props.words[value]) : t.submit.unsure}</span>
          {[value, ...(next ? [next] : [])].map((one) => (
            <button
              key={one}
              type="button"
              aria-label={t.submit.fillWith(props.words[one])}
              onClick={() => props.take(one)}
            >
              {t.submit.maybe(props.words[one])}
            </button>
          ))}
        </dd>
      ) : (
        <dd>
          <strong>{props.words[value]}</strong>
          {confidence !== undefined && (
            <span>{t.submit.sure(t.submit.sureties[surety(confidence)], percent(confidence))}</span>
          )}
        </dd>
      )}
    </div>
  );
}

/** What stands in the box while there is no suggestion. */
function Absent({ kind, again }: { kind: State["kind"]; again: () => void }) {
  if (kind === "asking") return <p>{t.submit.reading}</p>;
  if (kind === "failed" || kind === "paused") {
    return (
      <>
        <p>{t.submit.noSuggestion}</p>
        {kind === "failed" && (
          <button type="button" onClick={again}>
            {t.ui.tryAgain}
          </button>
        )}
      </>
    );
  }
  return <p>{t.submit.willSuggest}</p>;
}

/** Waiting and asking are not worth an interruption; nor is a pause, which ends by itself. */
function announcement(state: State): string {
  if (state.kind === "failed") return t.submit.saidNone;
  if (!("suggestion" in state)) return "";
  const { category, priority } = proposalsOf(state.suggestion);
  if (isOpen(category) && isOpen(priority)) return t.submit.saidUnsure;
  return t.submit.said({
    ...(!isOpen(category) && { category: t.words.categories[category.value] }),
    ...(!isOpen(priority) && { priority: t.words.priorities[priority.value] }),
  });
}

const isOther = <T extends string>(choice: Choice<T>, proposal: Proposal<T>) =>
  (choice.by === "you" || choice.declined === proposal.value) &&
  choice.value !== proposal.value &&
  !isOpen(proposal);

import type { ReactNode } from "react";
import { t } from "../language/text";
import { Options } from "../ui/Options";
import { Star } from "../ui/Star";
import { type Choice, chosen, type Proposal } from "./choice";
import styles from "./SubmitPage.module.css";

/** A list to choose from, or to leave to us; says whose the choice is. */
export function ChoiceField<T extends string>(props: {
  label: string;
  words: Record<T, string>;
  choice: Choice<T>;
  choose: (choice: Choice<T>) => void;
  /** What is suggested at the moment. */
  proposal?: Proposal<T>;
  /** The id, and what a fault adds. */
  field: { id: string };
  fault: ReactNode;
  /** Whether the field is under the hand, so that nothing may change it. */
  hold: (held: boolean) => void;
}) {
  const { choice, field } = props;
  return (
    <div>
      <div className={styles.label}>
        <label htmlFor={field.id}>{props.label}</label>
        {choice.by === "machine" && (
          <span className={styles.machine}>
            <Star /> {t.submit.suggested}
          </span>
        )}
        {choice.by === "you" && <span>{t.submit.yourChoice}</span>}
      </div>
      {props.fault}
      <select
        {...field}
        value={choice.value}
        onFocus={() => props.hold(true)}
        onBlur={() => props.hold(false)}
        onChange={(event) => props.choose(chosen(event.target.value as T | "", props.proposal))}
      >
        <option value="">{t.submit.letUsDecide}</option>
        <Options words={props.words} />
      </select>
    </div>
  );
}

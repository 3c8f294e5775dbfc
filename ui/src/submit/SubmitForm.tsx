import { type FormEvent, useEffect, useRef, useState } from "react";
import { api, Problem } from "../api/client";
import type { FiledTicket } from "../api/types";
import { t } from "../language/text";
import { CharacterCount } from "../ui/CharacterCount";
import { ErrorSummary } from "../ui/ErrorSummary";
import { usePageTitle } from "../ui/usePageTitle";
import { ChoiceField } from "./ChoiceField";
import { chosen, filled, sent, undecided } from "./choice";
import { Fault, fieldOf } from "./fields";
import { freshKey } from "./key";
import { DESCRIPTION, faults, lengthOf, TITLE } from "./limits";
import { proposalsOf } from "./proposals";
import styles from "./SubmitPage.module.css";
import { SuggestionBox } from "./SuggestionBox";
import { Trap } from "./Trap";
import type { useDraft } from "./useDraft";
import { useSuggestion } from "./useSuggestion";

const none = { attempt: 0, errors: {} as Record<string, string>, failure: "" };

/** The form. Sending never waits for a suggestion, and what failed stays as it was written. */
export function SubmitForm(props: {
  suggests: boolean;
  /** Whether a program that fills in forms may be at work. */
  isStranger: boolean;
  /** For another ticket: the button that asked for it is gone. */
  takesFocus: boolean;
  draft: ReturnType<typeof useDraft>;
  filed: (ticket: FiledTicket) => void;
}) {
  const { draft, change, restored, clear } = props.draft;
  const { title, description, category, priority } = draft;
  const [{ attempt, errors, failure }, setTried] = useState(none);
  const [sending, setSending] = useState(false);
  const [held, setHeld] = useState<"category" | "priority" | null>(null);
  const [opened] = useState(Date.now);
  const trap = useRef<HTMLInputElement>(null);
  const suggestion = useSuggestion(props.suggests, title, description);
  const { state } = suggestion;
  const current = "suggestion" in state ? state.suggestion : null;
  const proposals = current ? proposalsOf(current) : null;
  const failed = Object.keys(errors).length > 0 || failure !== "";
  usePageTitle(failed ? t.submit.headingWithError : t.submit.heading);

  // biome-ignore lint/correctness/useExhaustiveDependencies: on opening only
  useEffect(() => {
    if (props.takesFocus) document.getElementById("title")?.focus();
  }, []);

  // fills what nobody chose; a field under the hand waits until it is left
  // biome-ignore lint/correctness/useExhaustiveDependencies: `change` is new with each drawing
  useEffect(() => {
    if (!current) return;
    const found = proposalsOf(current);
    change((now) => ({
      ...(held !== "category" && { category: filled(now.category, found.category) }),
      ...(held !== "priority" && { priority: filled(now.priority, found.priority) }),
    }));
  }, [current, held]);

  function fail(errors: Record<string, string>, failure = "") {
    setTried((before) => ({ attempt: before.attempt + 1, errors, failure }));
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (sending) return;
    const found = faults(title, description);
    if (Object.keys(found).length > 0) return fail(found);
    setSending(true);
    try {
      const [chosenCategory, chosenPriority] = [sent(category), sent(priority)];
      const ticket = await api.create(
        {
          title,
          description,
          category: chosenCategory.value,
          category_source: chosenCategory.source,
          priority: chosenPriority.value,
          priority_source: chosenPriority.source,
          suggestion_id: current?.suggestion_id,
          ...(props.isStranger && {
            website: trap.current?.value || undefined,
            filled_in_ms: Date.now() - opened,
          }),
        },
        draft.key,
      );
      props.filed(ticket);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // the key belongs to what was sent before; a text that was changed since is another ticket
      if (error.status === 422) change({ key: freshKey() });
      const named = Object.entries(error.errors).map(([name, texts]) => [name, texts.join("; ")]);
      if (named.length > 0) fail(Object.fromEntries(named));
      else fail({}, refusal(error));
    } finally {
      setSending(false);
    }
  }

  return (
    <form className={styles.page} onSubmit={submit} noValidate>
      <h1>{t.submit.heading}</h1>
      <p className={styles.lead}>{t.submit.lead}</p>
      {failed && <ErrorSummary attempt={attempt} errors={errors} failure={failure} />}
      {restored && (
        <p className={styles.restored}>
          <span>{t.submit.restored}</span>
          <button
            type="button"
            onClick={() => {
              clear();
              document.getElementById("title")?.focus();
            }}
          >
            {t.submit.startAfresh}
          </button>
        </p>
      )}
      {props.isStranger && <Trap field={trap} />}
      <div className={styles.label}>
        <label htmlFor="title">{t.words.title}</label>
        <CharacterCount length={lengthOf(title.trim())} limit={TITLE} />
      </div>
      <Fault name="title" errors={errors} />
      <input
        {...fieldOf("title", errors)}
        dir="auto"
        value={title}
        onChange={(event) => change({ title: event.target.value })}
        autoComplete="off"
      />
      <div className={styles.label}>
        <label htmlFor="description">{t.words.description}</label>
        <CharacterCount length={lengthOf(description)} limit={DESCRIPTION} />
      </div>
      <Fault name="description" errors={errors} />
      <textarea
        {...fieldOf("description", errors)}
        dir="auto"
        rows={7}
        value={description}
        onChange={(event) => change({ description: event.target.value })}
      />
      {props.suggests && (
        <SuggestionBox
          state={state}
          category={category}
          priority={priority}
          again={suggestion.again}
          use={() =>
            proposals &&
            change({
              category: filled(undecided, proposals.category),
              priority: filled(undecided, proposals.priority),
            })
          }
          take={(word) =>
            change(
              "category" in word
                ? { category: chosen(word.category) }
                : { priority: chosen(word.priority) },
            )
          }
        />
      )}
      <div className={styles.pair}>
        <ChoiceField
          label={t.words.category}
          words={t.words.categories}
          choice={category}
          choose={(category) => change({ category })}
          proposal={proposals?.category}
          field={fieldOf("category", errors)}
          fault={<Fault name="category" errors={errors} />}
          hold={(held) => setHeld(held ? "category" : null)}
        />
        <ChoiceField
          label={t.words.priority}
          words={t.words.priorities}
          choice={priority}
          choose={(priority) => change({ priority })}
          proposal={proposals?.priority}
          field={fieldOf("priority", errors)}
          fault={<Fault name="priority" errors={errors} />}
          hold={(held) => setHeld(held ? "priority" : null)}
        />
      </div>
      <button type="submit" className="primary" aria-busy={sending}>
        {t.submit.send}
      </button>
      <span role="status" className={styles.sending}>
        {sending ? t.submit.sending : ""}
      </span>
    </form>
  );
}

const refusal = ({ message, retryAfter }: Problem) =>
  retryAfter ? t.submit.refusedForNow(message, retryAfter) : t.submit.refused(message);

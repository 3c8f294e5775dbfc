import type { Suggestion } from "../api/types";
import { categories, priorities, sources } from "../tickets/words";
import styles from "./SubmitPage.module.css";
import type { State } from "./suggestion";

/** Shows the suggestion, and says it to those who cannot see it. The height never changes. */
export function SuggestionBox(props: {
  state: State;
  /** What the person chose, or empty. */
  category: string;
  priority: string;
  retry: () => void;
  use: (suggestion: Suggestion) => void;
}) {
  const { state, category, priority } = props;
  const ready = state.kind === "ready" ? state.suggestion : null;
  const differs: string[] = [];
  if (ready && category && category !== ready.suggested_category) differs.push("category");
  if (ready && priority && priority !== ready.suggested_priority) differs.push("priority");
  const said = ready
    ? `Suggested: category ${categories[ready.suggested_category]}, priority ${priorities[ready.suggested_priority]}. You can change both.`
    : state.kind === "failed"
      ? "No suggestion right now. Please choose yourself."
      : "";
  return (
    <div className={styles.box}>
      <span role="status" className="unseen">
        {said}
      </span>
      {ready && (
        <>
          <p>
            <strong className={styles.machine}>Suggestion</strong>{" "}
            {categories[ready.suggested_category]}, {priorities[ready.suggested_priority]} priority
            <small>
              {" "}
              · {sources[ready.source]}
              {ready.degraded && ", since the language model does not answer"}
            </small>
          </p>
          {differs.length > 0 && (
            <p>
              You chose differently for {differs.join(" and ")}; your choice stays.{" "}
              <button type="button" onClick={() => props.use(ready)}>
                Use the suggestion
              </button>
            </p>
          )}
        </>
      )}
      {state.kind === "asking" && <p>Reading what you wrote…</p>}
      {state.kind === "failed" && (
        <p>
          No suggestion right now. Please choose yourself; nothing you wrote is lost.{" "}
          <button type="button" onClick={props.retry}>
            Try again
          </button>
        </p>
      )}
      {(state.kind === "idle" || state.kind === "waiting") && (
        <p>A category and a priority are suggested here while you write.</p>
      )}
    </div>
  );
}

import type { Category, FiledTicket, Priority } from "../api/types";
import { t } from "../language/text";
import { By } from "../tickets/By";
import { ChangeState } from "../tickets/ChangeState";
import { useChanges } from "../tickets/useChanges";
import { Options } from "../ui/Options";
import styles from "./SubmitPage.module.css";

/** What was understood, to be put right by those who may. */
export default function FiledChoices({ filed }: { filed: FiledTicket }) {
  const { ticket, line, change, ...decide } = useChanges(filed);
  return (
    <>
      <div className={styles.pair}>
        <div>
          <label htmlFor="filed-category">{t.words.category}</label>
          <select
            id="filed-category"
            aria-describedby="filed-category-by"
            value={ticket.category}
            onChange={(event) => change({ category: event.target.value as Category })}
          >
            <Options words={t.words.categories} />
          </select>
          <By
            id="filed-category-by"
            source={ticket.category_source}
            person={t.submit.chosenByYou}
          />
        </div>
        <div>
          <label htmlFor="filed-priority">{t.words.priority}</label>
          <select
            id="filed-priority"
            aria-describedby="filed-priority-by"
            value={ticket.priority}
            onChange={(event) => change({ priority: event.target.value as Priority })}
          >
            <Options words={t.words.priorities} />
          </select>
          <By
            id="filed-priority-by"
            source={ticket.priority_source}
            person={t.submit.chosenByYou}
          />
        </div>
      </div>
      <ChangeState line={line} {...decide} />
    </>
  );
}

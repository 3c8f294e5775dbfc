import type { Category, FiledTicket, Priority } from "../api/types";
import { By } from "../tickets/By";
import { ChangeState } from "../tickets/ChangeState";
import { useChanges } from "../tickets/useChanges";
import { categories, priorities } from "../tickets/words";
import { Options } from "../ui/Options";
import styles from "./SubmitPage.module.css";

/** What was understood, to be put right by those who may. */
export default function FiledChoices({ filed }: { filed: FiledTicket }) {
  const { ticket, line, change, ...decide } = useChanges(filed);
  return (
    <>
      <div className={styles.pair}>
        <div>
          <label htmlFor="filed-category">Category</label>
          <select
            id="filed-category"
            aria-describedby="filed-category-by"
            value={ticket.category}
            onChange={(event) => change({ category: event.target.value as Category })}
          >
            <Options words={categories} />
          </select>
          <By id="filed-category-by" source={ticket.category_source} person="chosen by you" />
        </div>
        <div>
          <label htmlFor="filed-priority">Priority</label>
          <select
            id="filed-priority"
            aria-describedby="filed-priority-by"
            value={ticket.priority}
            onChange={(event) => change({ priority: event.target.value as Priority })}
          >
            <Options words={priorities} />
          </select>
          <By id="filed-priority-by" source={ticket.priority_source} person="chosen by you" />
        </div>
      </div>
      <ChangeState line={line} {...decide} />
    </>
  );
}

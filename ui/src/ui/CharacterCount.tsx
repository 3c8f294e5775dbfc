import { t } from "../language/text";
import styles from "./CharacterCount.module.css";
import { useSaid } from "./useSaid";

/** From this share of the limit on the count is worth a look. */
const SHOWN_FROM = 0.75;

/** Seen at once, said after a pause: one region for both would be read with every key. */
export function CharacterCount({ length, limit }: { length: number; limit: number }) {
  const left = limit - length;
  const text =
    length < limit * SHOWN_FROM
      ? ""
      : left < 0
        ? t.ui.charactersOver(-left)
        : t.ui.charactersLeft(left);
  const said = useSaid(text);
  return (
    <>
      <span className={styles.count} data-over={left < 0 || undefined} aria-hidden="true">
        {text}
      </span>
      <span role="status" className="unseen">
        {said}
      </span>
    </>
  );
}

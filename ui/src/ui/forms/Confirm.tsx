import type { ReactNode } from "react";
import { t } from "../../language/work";
import { Dialog } from "./Dialog";
import styles from "./Form.module.css";
import { useSubmit } from "./useSubmit";

/** Asks before something that cannot be undone; the button names what is done to what. */
export default function Confirm(props: {
  title: string;
  action: string;
  children: ReactNode;
  run: () => Promise<unknown>;
  close: () => void;
}) {
  const { submit, sending, failure } = useSubmit([], async () => {
    await props.run();
    props.close();
  });
  return (
    <Dialog title={props.title} close={props.close}>
      <form className={styles.form} onSubmit={submit}>
        {props.children}
        {failure && (
          <p role="alert" className="error">
            {failure}
          </p>
        )}
        <div className={styles.actions}>
          <button type="button" onClick={props.close}>
            {t.forms.cancel}
          </button>
          <button type="submit" className="danger" aria-busy={sending}>
            {props.action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

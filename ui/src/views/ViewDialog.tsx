import { useState } from "react";
import { t } from "../language/work";
import { useSession } from "../session/useSession";
import Confirm from "../ui/forms/Confirm";
import { Dialog } from "../ui/forms/Dialog";
import { Field, SelectField } from "../ui/forms/Field";
import styles from "../ui/forms/Form.module.css";
import { Invalid, useSubmit } from "../ui/forms/useSubmit";
import type { View } from "./known";
import { viewsApi } from "./useViews";
import own from "./ViewDialog.module.css";

/** Saves the list's conditions as a view, or changes a view's name, place and who sees it. */
export default function ViewDialog(props: {
  /** The view to edit; a new one without. */
  view?: View;
  views: View[];
  query: string;
  done: (view: View | null) => Promise<void>;
  close: () => void;
}) {
  const { view, close } = props;
  const { account } = useSession();
  const [name, setName] = useState(view?.name ?? "");
  const [isShared, setShared] = useState(view?.is_shared ?? account === null);
  const shelf = props.views.filter((one) => one.is_shared === (view?.is_shared ?? false));
  const at = shelf.findIndex((one) => one.id === view?.id);
  const [place, setPlace] = useState(at);
  const [removes, setRemoves] = useState(false);
  const isMine = !view || (account !== null && view.owner?.id === account.id);

  const { form, submit, sending, errors, failure } = useSubmit(["name"], async () => {
    if (!name.trim()) throw new Invalid({ name: t.views.nameMissing });
    const kept = view
      ? await viewsApi.change(view, {
          name: name.trim(),
          is_shared: isShared,
          ...(isShared === view.is_shared && place !== at ? { position: place + 1 } : {}),
        })
      : await viewsApi.create({ name: name.trim(), query: props.query, is_shared: isShared });
    await props.done(kept);
    close();
  });

  if (view && removes) {
    return (
      <Confirm
        title={t.views.removeTitle(view.name)}
        action={t.views.removeNow}
        run={async () => {
          await viewsApi.remove(view);
          await props.done(null);
        }}
        close={close}
      >
        <p>
          {t.views.removeText} {view.is_shared && t.views.removeShared}
        </p>
      </Confirm>
    );
  }
  const others = shelf.filter((one) => one.id !== view?.id);
  return (
    <Dialog title={view ? t.views.editHeading(view.name) : t.views.saveHeading} close={close}>
      <form ref={form} className={styles.form} onSubmit={submit} noValidate>
        {failure && (
          <p role="alert" className="error">
            {failure}
          </p>
        )}
        <Field
          label={t.forms.name}
          autoComplete="off"
          maxLength={60}
          value={name}
          error={errors.name}
          onChange={(event) => setName(event.target.value)}
        />
        {account && isMine ? (
          <label className={own.check}>
            <input
              type="checkbox"
              checked={isShared}
              onChange={(event) => setShared(event.target.checked)}
            />
            <span>
              {t.views.share}
              <small>{t.views.shareHint}</small>
            </span>
          </label>
        ) : (
          <p>
            {!view && t.views.shareAlways}
            {view && (view.owner ? t.views.sharedBy(view.owner.name) : t.views.sharedByNobody)}
          </p>
        )}
        {view && others.length > 0 && isShared === view.is_shared && (
          <SelectField
            label={t.views.place}
            value={place}
            onChange={(event) => setPlace(Number(event.target.value))}
          >
            <option value={0}>{t.views.first}</option>
            {others.map((one, n) => (
              <option key={one.id} value={n + 1}>
                {t.views.after(one.name)}
              </option>
            ))}
          </SelectField>
        )}
        <div className={styles.actions}>
          <button type="submit" className="primary" aria-busy={sending}>
            {t.forms.save}
          </button>
          <button type="button" onClick={close}>
            {t.forms.cancel}
          </button>
          {view && (
            <button
              type="button"
              className={`danger ${own.remove}`}
              onClick={() => setRemoves(true)}
            >
              {t.views.remove}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

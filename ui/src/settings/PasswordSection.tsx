import { useState } from "react";
import { own } from "../api/account";
import { t } from "../language/work";
import { checkPassword, rule } from "../session/newPassword";
import form from "../ui/forms/Form.module.css";
import { PasswordField } from "../ui/forms/PasswordField";
import { Invalid, useSubmit } from "../ui/forms/useSubmit";
import styles from "./settings.module.css";

export function PasswordSection({ email }: { email: string }) {
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const [saved, setSaved] = useState(false);
  const change = useSubmit(["current_password", "new_password"], async () => {
    setSaved(false);
    if (!current) throw new Invalid({ current_password: t.settings.enterCurrent });
    checkPassword("new_password", fresh);
    await own.changePassword({ current_password: current, new_password: fresh });
    setCurrent("");
    setFresh("");
    setSaved(true);
  });
  return (
    <section className={styles.section} aria-labelledby="password">
      <h2 id="password">{t.forms.password}</h2>
      <p className={styles.about}>{t.settings.passwordAbout}</p>
      <form
        ref={change.form}
        className={`${form.form} ${styles.narrow}`}
        onSubmit={change.submit}
        noValidate
      >
        {change.failure && (
          <p role="alert" className="error">
            {change.failure}
          </p>
        )}
        {/* for password managers, which keep the new one under this name */}
        <input type="text" hidden readOnly autoComplete="username" value={email} />
        <PasswordField
          label={t.settings.currentPassword}
          autoComplete="current-password"
          value={current}
          error={change.errors.current_password}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <PasswordField
          label={t.forms.newPassword}
          autoComplete="new-password"
          hint={rule()}
          value={fresh}
          error={change.errors.new_password}
          onChange={(event) => setFresh(event.target.value)}
        />
        <div className={form.actions}>
          <button type="submit" aria-busy={change.sending}>
            {t.settings.changePassword}
          </button>
          <span role="status" className={form.saved}>
            {saved ? t.settings.passwordChanged : ""}
          </span>
        </div>
      </form>
    </section>
  );
}

import { useState } from "react";
import { own } from "../api/account";
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
    if (!current) throw new Invalid({ current_password: "Enter your current password" });
    checkPassword("new_password", fresh);
    await own.changePassword({ current_password: current, new_password: fresh });
    setCurrent("");
    setFresh("");
    setSaved(true);
  });
  return (
    <section className={styles.section} aria-labelledby="password">
      <h2 id="password">Password</h2>
      <p className={styles.about}>To change it ends your sessions in all other browsers.</p>
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
          label="Current password"
          autoComplete="current-password"
          value={current}
          error={change.errors.current_password}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          hint={rule}
          value={fresh}
          error={change.errors.new_password}
          onChange={(event) => setFresh(event.target.value)}
        />
        <div className={form.actions}>
          <button type="submit" aria-busy={change.sending}>
            Change password
          </button>
          <span role="status" className={form.saved}>
            {saved ? "Your password is changed." : ""}
          </span>
        </div>
      </form>
    </section>
  );
}

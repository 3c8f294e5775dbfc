import { useState } from "react";
import { own } from "../api/account";
import type { Account, Link } from "../api/accounts";
import { Problem } from "../api/client";
import { t } from "../language/work";
import { checkPassword, rule } from "../session/newPassword";
import { Field } from "../ui/forms/Field";
import styles from "../ui/forms/Form.module.css";
import { PasswordField } from "../ui/forms/PasswordField";
import { Invalid, useSubmit } from "../ui/forms/useSubmit";

export function WelcomeForm(props: {
  secret: string;
  link: Link;
  /** The link was used meanwhile. */
  over: () => void;
  done: (account: Account) => void;
}) {
  const isSetup = props.link.purpose === "setup";
  const [email, setEmail] = useState(props.link.email ?? "");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const form = useSubmit(["email", "name", "password"], async () => {
    if (isSetup && !email.trim()) throw new Invalid({ email: t.welcome.enterEmail });
    if (isSetup && !name.trim()) throw new Invalid({ name: t.welcome.enterName });
    checkPassword("password", password);
    const who = isSetup ? { email: email.trim(), name: name.trim() } : {};
    try {
      props.done((await own.followLink(props.secret, { password, ...who })).account);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return props.over();
      throw error;
    }
  });
  return (
    <form ref={form.form} className={styles.form} onSubmit={form.submit} noValidate>
      {form.failure && (
        <p role="alert" className="error">
          {form.failure}
        </p>
      )}
      {(isSetup || props.link.email) && (
        <Field
          label={t.forms.email}
          type="email"
          autoComplete="username"
          value={email}
          readOnly={!isSetup}
          error={form.errors.email}
          onChange={(event) => setEmail(event.target.value)}
        />
      )}
      {isSetup && (
        <Field
          label={t.welcome.yourName}
          autoComplete="name"
          hint={t.welcome.nameHint}
          value={name}
          error={form.errors.name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      <PasswordField
        label={t.forms.newPassword}
        autoComplete="new-password"
        hint={rule()}
        value={password}
        error={form.errors.password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div className={styles.actions}>
        <button type="submit" className="primary" aria-busy={form.sending}>
          {isSetup ? t.welcome.create : t.welcome.setAndSignIn}
        </button>
      </div>
    </form>
  );
}

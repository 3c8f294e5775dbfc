import { useState } from "react";
import { own } from "../api/account";
import type { Role, Scope } from "../api/accounts";
import { t } from "../language/work";
import { Field, SelectField } from "../ui/forms/Field";
import form from "../ui/forms/Form.module.css";
import { Invalid, useSubmit } from "../ui/forms/useSubmit";
import { Options } from "../ui/Options";
import styles from "./settings.module.css";

const MOST_DAYS = 366;

export function NewToken(props: {
  role: Role;
  made: (token: { name: string; token: string }) => void;
}) {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const [days, setDays] = useState("90");
  const { admin, ...usual } = t.tokens.scopes;
  const create = useSubmit(["name", "scope", "days"], async () => {
    const count = Number(days);
    if (!name.trim()) throw new Invalid({ name: t.tokens.enterName });
    if (!Number.isInteger(count) || count < 1 || count > MOST_DAYS) {
      throw new Invalid({ days: t.tokens.daysRange(MOST_DAYS) });
    }
    const made = await own.createToken({ name: name.trim(), scope, days: count });
    setName("");
    props.made(made);
  });
  return (
    <form ref={create.form} className={form.form} onSubmit={create.submit} noValidate>
      {create.failure && (
        <p role="alert" className="error">
          {create.failure}
        </p>
      )}
      <div className={styles.three}>
        <Field
          label={t.forms.name}
          autoComplete="off"
          value={name}
          error={create.errors.name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label={t.tokens.may}
          value={scope}
          error={create.errors.scope}
          onChange={(event) => setScope(event.target.value as Scope)}
        >
          <Options words={props.role === "admin" ? { ...usual, admin } : usual} />
        </SelectField>
        <Field
          label={t.tokens.days}
          inputMode="numeric"
          autoComplete="off"
          value={days}
          error={create.errors.days}
          onChange={(event) => setDays(event.target.value)}
        />
      </div>
      <div className={form.actions}>
        <button type="submit" aria-busy={create.sending}>
          {t.tokens.create}
        </button>
      </div>
    </form>
  );
}

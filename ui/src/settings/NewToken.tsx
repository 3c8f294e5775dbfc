import { useState } from "react";
import { own } from "../api/account";
import type { Role, Scope } from "../api/accounts";
import { Field, SelectField } from "../ui/forms/Field";
import form from "../ui/forms/Form.module.css";
import { Invalid, useSubmit } from "../ui/forms/useSubmit";
import { Options } from "../ui/Options";
import styles from "./settings.module.css";
import { scopes } from "./TokenList";

const MOST_DAYS = 366;

export function NewToken(props: {
  role: Role;
  made: (token: { name: string; token: string }) => void;
}) {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const [days, setDays] = useState("90");
  const { admin, ...usual } = scopes;
  const create = useSubmit(["name", "scope", "days"], async () => {
    const count = Number(days);
    if (!name.trim()) throw new Invalid({ name: "Name what will use it" });
    if (!Number.isInteger(count) || count < 1 || count > MOST_DAYS) {
      throw new Invalid({ days: `From 1 to ${MOST_DAYS} days` });
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
          label="Name"
          autoComplete="off"
          value={name}
          error={create.errors.name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label="May"
          value={scope}
          error={create.errors.scope}
          onChange={(event) => setScope(event.target.value as Scope)}
        >
          <Options words={props.role === "admin" ? { ...usual, admin } : usual} />
        </SelectField>
        <Field
          label="Days"
          inputMode="numeric"
          autoComplete="off"
          value={days}
          error={create.errors.days}
          onChange={(event) => setDays(event.target.value)}
        />
      </div>
      <div className={form.actions}>
        <button type="submit" aria-busy={create.sending}>
          Create token
        </button>
      </div>
    </form>
  );
}

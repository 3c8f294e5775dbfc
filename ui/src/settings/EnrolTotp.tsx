import { useState } from "react";
import { own } from "../api/account";
import { t } from "../language/work";
import { CopyField } from "../ui/CopyField";
import { Field } from "../ui/forms/Field";
import form from "../ui/forms/Form.module.css";
import { PasswordField } from "../ui/forms/PasswordField";
import { Invalid, useSubmit } from "../ui/forms/useSubmit";
import styles from "./settings.module.css";

/** Shows the secret to the phone, and wants a code as a sign that it has arrived. */
export function EnrolTotp(props: {
  offer: { secret: string; url: string; qr_svg: string };
  cancel: () => void;
  done: (codes: string[]) => void;
}) {
  const { secret, qr_svg } = props.offer;
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const confirm = useSubmit(["code", "password"], async () => {
    if (!code.trim()) throw new Invalid({ code: t.secondFactor.enterCode });
    if (!password) throw new Invalid({ password: t.secondFactor.enterPassword });
    props.done((await own.confirmTotp({ secret, code: code.trim(), password })).recovery_codes);
  });
  return (
    <form
      ref={confirm.form}
      className={`${form.form} ${styles.narrow}`}
      onSubmit={confirm.submit}
      noValidate
    >
      <p>{t.secondFactor.scan}</p>
      <img
        className={styles.qr}
        alt={t.secondFactor.qr}
        src={`data:image/svg+xml,${encodeURIComponent(qr_svg)}`}
      />
      <CopyField label={t.secondFactor.secret} value={secret} />
      {confirm.failure && (
        <p role="alert" className="error">
          {confirm.failure}
        </p>
      )}
      <Field
        label={t.session.code}
        hint={t.secondFactor.codeHint}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        error={confirm.errors.code}
        onChange={(event) => setCode(event.target.value)}
      />
      <PasswordField
        label={t.forms.password}
        autoComplete="current-password"
        value={password}
        error={confirm.errors.password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div className={form.actions}>
        <button type="submit" className="primary" aria-busy={confirm.sending}>
          {t.secondFactor.turnOn}
        </button>
        <button type="button" onClick={props.cancel}>
          {t.forms.cancel}
        </button>
      </div>
    </form>
  );
}

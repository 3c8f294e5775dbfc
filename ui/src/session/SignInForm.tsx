import { type FormEvent, useEffect, useRef, useState } from "react";
import { own } from "../api/account";
import type { Account } from "../api/accounts";
import { Problem } from "../api/client";
import { waiting } from "../language/format";
import { t } from "../language/work";
import { Field } from "../ui/forms/Field";
import form from "../ui/forms/Form.module.css";
import { PasswordField } from "../ui/forms/PasswordField";
import { useCountdown } from "../ui/useCountdown";

/** Address and password, then the code where the account has a second factor. */
export function SignInForm(props: {
  /** Whose session it was, where only that person may go on. */
  email?: string;
  done: (account: Account) => void;
}) {
  const [email, setEmail] = useState(props.email ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [step, setStep] = useState<"password" | "code">("password");
  const [error, setError] = useState("");
  const [sending, setSending] = useState(false);
  const wait = useCountdown();
  const box = useRef<HTMLFormElement>(null);
  const focus = (name: string) =>
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[name=${name}]`)?.focus());

  // biome-ignore lint/correctness/useExhaustiveDependencies: on opening only
  useEffect(() => void focus(props.email ? "password" : "email"), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (sending || wait.left > 0) return;
    if (!email.trim() || !password) {
      setError(t.session.enterBoth);
      return void focus(email.trim() ? "password" : "email");
    }
    if (step === "code" && !code.trim()) {
      setError(t.session.enterCode);
      return void focus("code");
    }
    setSending(true);
    setError("");
    try {
      const sent = { email: email.trim(), password, code: code.trim() || undefined };
      props.done((await own.signIn(sent)).account);
    } catch (refusal) {
      if (!(refusal instanceof Problem)) throw refusal;
      refused(refusal);
    } finally {
      setSending(false);
    }
  }

  function refused(problem: Problem) {
    if (problem.status === 429) {
      const seconds = problem.retryAfter ?? 60;
      wait.start(seconds);
      setError(t.session.tooMany(waiting(seconds)));
    } else if (problem.type.endsWith(":second-factor")) {
      // the first time it only says that there is one
      setError(step === "code" ? problem.message : "");
      setStep("code");
      focus("code");
    } else {
      setError(problem.message);
      setStep("password");
      setCode("");
      focus("password");
    }
  }

  return (
    <form ref={box} className={form.form} onSubmit={submit} noValidate>
      {error && (
        <p role="alert" className="error">
          {error}
        </p>
      )}
      {step === "password" ? (
        <>
          <Field
            label={t.forms.email}
            name="email"
            type="email"
            autoComplete="username"
            value={email}
            readOnly={props.email !== undefined}
            onChange={(event) => setEmail(event.target.value)}
          />
          <PasswordField
            label={t.forms.password}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </>
      ) : (
        <Field
          label={t.session.code}
          name="code"
          hint={t.session.codeHint}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      <div className={form.actions}>
        <button
          type="submit"
          className="primary"
          aria-busy={sending}
          aria-disabled={wait.left > 0 || undefined}
        >
          {t.session.signIn}
        </button>
        {step === "code" && (
          <button type="button" onClick={() => setStep("password")}>
            {t.session.back}
          </button>
        )}
        {/* the wait is said once, above; here it runs for the eye */}
        {wait.left > 0 && <span aria-hidden="true">{t.session.left(waiting(wait.left))}</span>}
      </div>
    </form>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { own } from "../api/account";
import type { Account } from "../api/accounts";
import { t } from "../language/work";
import { Dialog } from "../ui/forms/Dialog";
import form from "../ui/forms/Form.module.css";
import { PasswordField } from "../ui/forms/PasswordField";
import { useSubmit } from "../ui/forms/useSubmit";
import { EnrolTotp } from "./EnrolTotp";
import { RecoveryCodes } from "./RecoveryCodes";
import styles from "./settings.module.css";

type Offer = Awaited<ReturnType<typeof own.beginTotp>>;

/** A code from one's phone, besides the password. */
export function SecondFactor({ account }: { account: Account }) {
  const queries = useQueryClient();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [removes, setRemoves] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const begin = useSubmit([], async () => setOffer(await own.beginTotp()));
  const tell = (has_totp: boolean) => {
    const now: Account = { ...account, has_totp };
    queries.setQueryData<Account | null>(["session"], now);
  };
  return (
    <section className={styles.section} aria-labelledby="second-factor">
      <h2 id="second-factor" ref={heading} tabIndex={-1}>
        {t.secondFactor.heading}
      </h2>
      <p className={styles.about}>
        {account.has_totp ? t.secondFactor.isOn : t.secondFactor.isOff}
      </p>
      {begin.failure && (
        <p role="alert" className="error">
          {begin.failure}
        </p>
      )}
      {codes && (
        <RecoveryCodes
          codes={codes}
          kept={() => {
            heading.current?.focus();
            setCodes(null);
          }}
        />
      )}
      {offer && !codes && (
        <EnrolTotp
          offer={offer}
          cancel={() => {
            heading.current?.focus();
            setOffer(null);
          }}
          done={(codes) => {
            setOffer(null);
            setCodes(codes);
            tell(true);
          }}
        />
      )}
      {!account.has_totp && !offer && !codes && (
        <button type="button" aria-busy={begin.sending} onClick={() => void begin.submit()}>
          {t.secondFactor.setUp}
        </button>
      )}
      {account.has_totp && !codes && (
        <button type="button" className="danger" onClick={() => setRemoves(true)}>
          {t.secondFactor.remove}
        </button>
      )}
      {removes && <RemoveTotp close={() => setRemoves(false)} removed={() => tell(false)} />}
    </section>
  );
}

function RemoveTotp(props: { close: () => void; removed: () => void }) {
  const [password, setPassword] = useState("");
  const remove = useSubmit(["password"], async () => {
    await own.removeTotp({ password });
    props.removed();
    props.close();
  });
  return (
    <Dialog title={t.secondFactor.removeTitle} close={props.close}>
      <form ref={remove.form} className={form.form} onSubmit={remove.submit} noValidate>
        <p>{t.secondFactor.removeWarning}</p>
        {remove.failure && (
          <p role="alert" className="error">
            {remove.failure}
          </p>
        )}
        <PasswordField
          label={t.forms.password}
          autoComplete="current-password"
          value={password}
          error={remove.errors.password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className={form.actions}>
          <button type="button" onClick={props.close}>
            {t.forms.cancel}
          </button>
          <button type="submit" className="danger" aria-busy={remove.sending}>
            {t.secondFactor.remove}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

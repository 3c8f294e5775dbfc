import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Role } from "../api/accounts";
import { admin } from "../api/admin";
import { t } from "../language/work";
import { CopyField } from "../ui/CopyField";
import { Dialog } from "../ui/forms/Dialog";
import { Field, SelectField } from "../ui/forms/Field";
import styles from "../ui/forms/Form.module.css";
import { Invalid, useSubmit } from "../ui/forms/useSubmit";
import { Options } from "../ui/Options";
import { whole } from "./link";

/** Makes an account and the link by which its person sets a password. */
export function InviteDialog({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [link, setLink] = useState("");
  const invite = useSubmit(["email", "name", "role"], async () => {
    if (!email.trim()) throw new Invalid({ email: t.admin.enterEmail });
    if (!name.trim()) throw new Invalid({ name: t.admin.enterName });
    const made = await admin.invite({ email: email.trim(), name: name.trim(), role });
    setLink(whole(made.link));
    await queries.invalidateQueries({ queryKey: ["accounts"] });
  });
  if (link) {
    return (
      <Dialog title={t.admin.isInvited(name.trim())} close={close}>
        <Invited name={name.trim()} link={link} close={close} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t.admin.invite} close={close}>
      <form ref={invite.form} className={styles.form} onSubmit={invite.submit} noValidate>
        {invite.failure && (
          <p role="alert" className="error">
            {invite.failure}
          </p>
        )}
        <Field
          label={t.forms.email}
          type="email"
          autoComplete="off"
          value={email}
          error={invite.errors.email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Field
          label={t.forms.name}
          autoComplete="off"
          value={name}
          error={invite.errors.name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label={t.admin.role}
          hint={t.admin.inviteHint}
          value={role}
          error={invite.errors.role}
          onChange={(event) => setRole(event.target.value as Role)}
        >
          <Options words={t.words.roles} />
        </SelectField>
        <div className={styles.actions}>
          <button type="submit" className="primary" aria-busy={invite.sending}>
            {t.admin.createLink}
          </button>
          <button type="button" onClick={close}>
            {t.forms.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Invited({ name, link, close }: { name: string; link: string; close: () => void }) {
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => text.current?.focus(), []);
  return (
    <div className={styles.form}>
      <p ref={text} tabIndex={-1}>
        {t.admin.sendFirstLink(name)}
      </p>
      <CopyField label={t.admin.link} value={link} />
      <div className={styles.actions}>
        <button type="button" onClick={close}>
          {t.forms.done}
        </button>
      </div>
    </div>
  );
}

import { useEffect } from "react";
import type { Account } from "../api/accounts";
import { signInAgain } from "../api/signInAgain";
import { t } from "../language/work";
import { Dialog } from "../ui/forms/Dialog";
import { SignInForm } from "./SignInForm";
import styles from "./session.module.css";
import { useSignedIn } from "./useSession";
import { whoIsIt } from "./who";

/** Over the page, which stays as it is; what was refused is sent afterwards. */
export default function SignInAgainDialog({ account }: { account: Account }) {
  const enter = useSignedIn();
  const { id } = account;
  // signed in meanwhile in another tab
  useEffect(() => {
    const look = () =>
      void whoIsIt().then(
        (who) => who?.id === id && signInAgain.signedIn(),
        () => {},
      );
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [id]);
  return (
    <Dialog title={t.session.again} close={() => signInAgain.dismiss()}>
      <p className={styles.lead}>{t.session.over}</p>
      <SignInForm email={account.email} done={enter} />
      <p className={styles.after}>
        <button type="button" onClick={() => signInAgain.dismiss()}>
          {t.session.notNow}
        </button>
      </p>
    </Dialog>
  );
}

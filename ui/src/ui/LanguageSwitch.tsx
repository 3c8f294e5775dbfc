import { useState } from "react";
import { asked, type Choice, languages, pick, readChoice } from "../language/languages";
import { choose, t } from "../language/text";

/** Each language by its own name, for whoever cannot read the one that is shown. */
export function LanguageSwitch({ className }: { className?: string }) {
  const [choice, show] = useState(readChoice);
  const [failed, setFailed] = useState(false);
  return (
    <>
      <select
        aria-label={t.ui.language}
        className={className}
        value={choice}
        onChange={(event) => {
          const chosen = event.target.value as Choice;
          setFailed(false);
          void choose(chosen).then(
            () => show(chosen),
            () => setFailed(true),
          );
        }}
      >
        <option value="system">{t.ui.systemLanguage(languages[pick(asked())])}</option>
        {Object.entries(languages).map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </select>
      {failed && (
        <span role="alert" className="unseen">
          {t.ui.languageFailed}
        </span>
      )}
    </>
  );
}

import { useState } from "react";
import { t } from "../language/text";
import { Options } from "./Options";
import { readTheme, setTheme, type Theme } from "./theme";

export function ThemeSwitch({ className }: { className?: string }) {
  const [theme, show] = useState(readTheme);
  return (
    <select
      aria-label={t.ui.theme}
      className={className}
      value={theme}
      onChange={(event) => {
        const chosen = event.target.value as Theme;
        setTheme(chosen);
        show(chosen);
      }}
    >
      <Options words={t.ui.themes} />
    </select>
  );
}

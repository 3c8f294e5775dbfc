import { useState } from "react";
import { readTheme, setTheme, type Theme } from "./theme";

export function ThemeSwitch({ className }: { className?: string }) {
  const [theme, show] = useState(readTheme);
  return (
    <select
      aria-label="Theme"
      className={className}
      value={theme}
      onChange={(event) => {
        const chosen = event.target.value as Theme;
        setTheme(chosen);
        show(chosen);
      }}
    >
      <option value="system">System theme</option>
      <option value="light">Light</option>
      <option value="dark">Dark</option>
    </select>
  );
}

/** Light, dark, or as the system has it. `public/assets/theme-init.js` reads the same before paint. */
export type Theme = "system" | "light" | "dark";

const KEPT = "frontdesk.theme";

const isForced = (text: unknown): text is "light" | "dark" => text === "light" || text === "dark";

export function readTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return isForced(theme) ? theme : "system";
}

export function setTheme(theme: Theme) {
  const { dataset } = document.documentElement;
  if (isForced(theme)) dataset.theme = theme;
  else delete dataset.theme;
  try {
    if (isForced(theme)) localStorage.setItem(KEPT, theme);
    else localStorage.removeItem(KEPT);
  } catch {
    // storage may be switched off; it holds for this page
  }
}

// Before the first paint, so that a dark page never flashes white and a page never speaks two languages in
// turn. A file of its own and no module: the content security policy allows nothing inline, and a module
// would run too late.
{
  const kept = (name) => {
    try {
      return localStorage.getItem(`frontdesk.${name}`);
    } catch {
      return null; // storage may be switched off; the system's theme and language it is
    }
  };
  const theme = kept("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  // as `src/language/languages.ts` has them
  const spoken = ["en", "de", "es"];
  const wanted = [kept("language"), ...navigator.languages].map((tag) => tag?.split("-")[0].toLowerCase());
  document.documentElement.lang = wanted.find((tag) => spoken.includes(tag)) ?? "en";
}

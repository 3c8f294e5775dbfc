// Before the first paint, so that a dark page never flashes white. A file of its own and no module: the
// content security policy allows nothing inline, and a module would run too late.
try {
  const theme = localStorage.getItem("frontdesk.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // storage may be switched off; the system's theme it is
}

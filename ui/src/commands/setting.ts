/** Whether single keys do something: speech input and unsteady hands press them by mistake. */
const KEPT = "frontdesk.shortcuts";

export function shortcutsAreOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

export function switchShortcuts(on: boolean) {
  try {
    if (on) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, "off");
  } catch {
    // storage may be switched off; then they stay on
  }
}

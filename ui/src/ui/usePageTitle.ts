import { useEffect } from "react";

/** What the browser's tab and a screen reader call this page; null where a part of it says that. */
export function usePageTitle(title: string | null) {
  useEffect(() => {
    if (title !== null) document.title = `${title} – frontdesk`;
  }, [title]);
}

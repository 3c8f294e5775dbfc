import { useEffect } from "react";

/** What the browser's tab and a screen reader call this page. */
export function usePageTitle(title: string) {
  useEffect(() => {
    document.title = `${title} – frontdesk`;
  }, [title]);
}

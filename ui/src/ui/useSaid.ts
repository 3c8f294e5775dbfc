import { useEffect, useRef, useState } from "react";

/**
 * A text for a live region: follows once it has stood still for half a second, and at most each second,
 * so that a screen reader is not interrupted by each key.
 */
export function useSaid(text: string): string {
  const [said, setSaid] = useState("");
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(500, last.current + 1000 - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSaid(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}

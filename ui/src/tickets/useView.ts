import { type RefObject, useCallback, useLayoutEffect, useState } from "react";
import { useDensity } from "../ui/density";
import { drawn, type Range, towards } from "./window";

/** Below this width (pixels) a row takes two lines. */
const NARROW = 620;

/** Which rows are to be drawn, as one scrolls and as the window changes. */
export function useView(grid: RefObject<HTMLElement | null>, count: number) {
  const [narrow, setNarrow] = useState(false);
  const density = useDensity();
  const height = narrow ? 72 : density === "compact" ? 36 : 44;
  const [range, setRange] = useState<Range>({ first: 0, end: 0 });

  const measure = useCallback(() => {
    const seen = inSight(grid.current);
    if (!seen) return;
    setNarrow(seen.width > 0 && seen.width <= NARROW);
    const next = drawn(seen.top, seen.bottom, height, count);
    setRange((now) => (now.first === next.first && now.end === next.end ? now : next));
  }, [grid, height, count]);

  useLayoutEffect(() => {
    measure();
    // captured: what scrolls may be the list or the window
    const options = { capture: true, passive: true };
    window.addEventListener("scroll", measure, options);
    window.addEventListener("resize", measure);
    const observer = new ResizeObserver(measure);
    if (grid.current?.parentElement) observer.observe(grid.current.parentElement);
    return () => {
      window.removeEventListener("scroll", measure, options);
      window.removeEventListener("resize", measure);
      observer.disconnect();
    };
  }, [measure, grid]);

  /** Brings a row into sight, whether it is drawn already or not. */
  const reveal = useCallback(
    (index: number) => {
      const seen = inSight(grid.current);
      if (seen) scrollBy(grid.current, towards(seen.top, seen.bottom, height, index));
      measure();
    },
    [grid, height, measure],
  );
  /** The first row that is wholly in sight. */
  const firstSeen = () => Math.max(0, Math.ceil((inSight(grid.current)?.top ?? 0) / height));
  /** Rows that are in sight at once. */
  const pageSize = () => {
    const seen = inSight(grid.current);
    return seen ? Math.max(1, Math.floor((seen.bottom - seen.top) / height) - 1) : 1;
  };
  return { range, height, narrow, reveal, firstSeen, pageSize };
}

/** The part of the grid that one sees, counted from its own top. */
function inSight(grid: HTMLElement | null) {
  const frame = grid?.parentElement?.getBoundingClientRect();
  if (!grid || !frame) return null;
  const { top, width } = grid.getBoundingClientRect();
  const from = Math.max(0, frame.top);
  const to = Math.min(document.documentElement.clientHeight, frame.bottom);
  return { top: from - top, bottom: Math.max(from, to) - top, width };
}

function scrollBy(grid: HTMLElement | null, pixels: number) {
  const frame = grid?.parentElement;
  if (!frame || pixels === 0) return;
  if (getComputedStyle(frame).overflowY === "auto") frame.scrollTop += pixels;
  else window.scrollBy(0, pixels);
}

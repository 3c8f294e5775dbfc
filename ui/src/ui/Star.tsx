/** Marks what a machine chose, and nothing else. Drawn, since the font has no such glyph. */
export function Star() {
  return (
    <svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12" className="star">
      <path d="M6 0c.5 3.6 2.4 5.5 6 6-3.6.5-5.5 2.4-6 6-.5-3.6-2.4-5.5-6-6 3.6-.5 5.5-2.4 6-6z" />
    </svg>
  );
}

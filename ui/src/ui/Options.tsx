/** The choices of a select, from the words of a list. */
export function Options({ words }: { words: Record<string, string> }) {
  return Object.entries(words).map(([value, text]) => (
    <option key={value} value={value}>
      {text}
    </option>
  ));
}

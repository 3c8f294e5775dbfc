/** The server's limits, in Unicode scalar values. */
export const TITLE = 200;
export const DESCRIPTION = 50_000;

export const lengthOf = (text: string) => [...text].length;

/** What is wrong with a text before it is sent, by the field's name. */
export function faults(title: string, description: string): Record<string, string> {
  const found: Record<string, string> = {};
  if (!title.trim()) found.title = "Enter a title";
  else if (lengthOf(title.trim()) > TITLE)
    found.title = `The title has more than ${TITLE} characters`;
  if (!description.trim()) found.description = "Describe what is wrong";
  else if (lengthOf(description) > DESCRIPTION)
    found.description = `The description has more than ${DESCRIPTION.toLocaleString("en")} characters`;
  return found;
}

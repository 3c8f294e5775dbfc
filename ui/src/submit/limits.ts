import { t } from "../language/text";
/** The server's limits, in Unicode scalar values. */
export const TITLE = 200;
export const DESCRIPTION = 50_000;

export const lengthOf = (text: string) => [...text].length;

/** What is wrong with a text before it is sent, by the field's name. */
export function faults(title: string, description: string): Record<string, string> {
  const found: Record<string, string> = {};
  if (!title.trim()) found.title = t.submit.noTitle;
  else if (lengthOf(title.trim()) > TITLE) found.title = t.submit.longTitle(TITLE);
  if (!description.trim()) found.description = t.submit.noDescription;
  else if (lengthOf(description) > DESCRIPTION) {
    found.description = t.submit.longDescription(DESCRIPTION);
  }
  return found;
}

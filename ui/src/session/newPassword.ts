import { Invalid } from "../ui/forms/useSubmit";

/** As the server has it, in Unicode scalar values. */
const SHORTEST = 10;

export const rule = `At least ${SHORTEST} characters. A few words in a row are easy to remember.`;

/** Refuses what the server would refuse, before it is sent. */
export function checkPassword(name: string, password: string) {
  if ([...password].length < SHORTEST) {
    throw new Invalid({ [name]: `Enter at least ${SHORTEST} characters` });
  }
}

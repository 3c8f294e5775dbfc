import { t } from "../language/work";
import { Invalid } from "../ui/forms/useSubmit";

/** As the server has it, in Unicode scalar values. */
const SHORTEST = 10;

export const rule = () => t.session.passwordRule(SHORTEST);

/** Refuses what the server would refuse, before it is sent. */
export function checkPassword(name: string, password: string) {
  if ([...password].length < SHORTEST) {
    throw new Invalid({ [name]: t.session.shortPassword(SHORTEST) });
  }
}

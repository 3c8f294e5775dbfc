import { t } from "../language/text";
import { useLate } from "./useLate";

/** Says that something loads, once it takes long enough to be noticed. */
export function Late() {
  const late = useLate(true);
  return <p role="status">{late ? t.ui.loading : ""}</p>;
}

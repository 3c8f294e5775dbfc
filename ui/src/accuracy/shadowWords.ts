/** What one would say who has looked at two sources on the same tickets. */
import { current } from "../language/current";
import { asked, localeFor } from "../language/languages";
import { words } from "../language/shadow";
import type { Model, Paired, PairedField } from "./report";
import { sourceName } from "./sentences";

/** By their sources, or where that is the same by their models. */
export function namesOf(model: Model, paired: Paired): { shadow: string; served: string } {
  const isSame = model.source === paired.source;
  return isSame
    ? { shadow: model.model, served: paired.model }
    : { shadow: sourceName(model.source), served: sourceName(paired.source) };
}

/** Which is right more often, as far as these tickets tell. */
export function describePair({ differ, difference, shadow }: PairedField, name: string): string {
  if (!difference) return words.undecided(differ.n, differ.k);
  const points = [difference.share, difference.low, difference.high].map(signed);
  const [share = "", low = "", high = ""] = points;
  if (difference.low > 0) return words.better(shadow.n, name, share, low, high);
  if (difference.high < 0) return words.worse(shadow.n, name, share, low, high);
  return words.unclear(shadow.n, share, low, high);
}

/** Points of a hundred with their sign; what is not quite none does not look like it. */
function signed(share: number): string {
  const points = share * 100;
  return points.toLocaleString(localeFor(current(), asked()), {
    signDisplay: "exceptZero",
    maximumFractionDigits: Math.abs(points) < 1 ? 1 : 0,
  });
}

import { t } from "../language/work";
import { type Density, setDensity, useDensity } from "../ui/density";
import { Options } from "../ui/Options";

/** How close the rows of the list stand. */
export function DensitySwitch() {
  return (
    <select
      id="density"
      value={useDensity()}
      onChange={(event) => setDensity(event.target.value as Density)}
    >
      <Options words={t.settings.densities} />
    </select>
  );
}

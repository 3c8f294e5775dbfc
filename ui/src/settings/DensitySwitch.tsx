import { type Density, setDensity, useDensity } from "../ui/density";

/** How close the rows of the list stand. */
export function DensitySwitch() {
  return (
    <select
      id="density"
      value={useDensity()}
      onChange={(event) => setDensity(event.target.value as Density)}
    >
      <option value="comfortable">Comfortable</option>
      <option value="compact">Compact</option>
    </select>
  );
}

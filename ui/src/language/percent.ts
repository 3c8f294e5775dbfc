import { number, tenth } from "./format";
import { t } from "./text";

/** A share of one, in whole percents. */
export const percent = (share: number) => t.words.percent(number(Math.round(100 * share)));

/** The same to one digit after the point. */
export const exactPercent = (share: number) => t.words.percent(tenth(100 * share));

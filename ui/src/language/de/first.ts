import type { First } from "../text";
import { shell } from "./shell";
import { submit } from "./submit";
import { ui } from "./ui";
import { words } from "./words";

const whole: First = { words, ui, shell, submit };

export default whole;

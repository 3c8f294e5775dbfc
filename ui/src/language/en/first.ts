import { shell } from "./shell";
import { submit } from "./submit";
import { ui } from "./ui";
import { words } from "./words";

export default { words, ui, shell, submit };

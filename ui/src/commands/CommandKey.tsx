import { Kbd } from "../ui/Kbd";
import { keysOf, useKeys } from "./keymap";
import { named } from "./named";
import type { CommandId } from "./registry";

/** The key that does what stands beside it. */
export function CommandKey({ of }: { of: CommandId }) {
  useKeys();
  return keysOf(of).map((key) => <Kbd key={key} name={named(key)} />);
}

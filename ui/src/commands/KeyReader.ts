import { keysOf } from "./keymap";
import { type CommandId, commands } from "./registry";

/** Milliseconds within which the second key of a pair must follow. */
const PAIR = 1000;

/** Turns keys into commands, one key or two in turn. */
export class KeyReader {
  private first: { key: string; at: number } | null = null;

  /** The commands that it may be: one key can mean one thing here and another there. */
  read(key: string, now: number): CommandId[] {
    const before = this.first && now - this.first.at < PAIR ? `${this.first.key} ` : "";
    this.first = null;
    const pair = before ? find(before + key) : [];
    const found = pair.length > 0 ? pair : find(key);
    if (found.length > 0) return found;
    if (commands.some(([id]) => keysOf(id).some((one) => one.startsWith(`${key} `)))) {
      this.first = { key, at: now };
    }
    return [];
  }
}

const find = (keys: string): CommandId[] =>
  commands.filter(([id]) => keysOf(id).includes(keys)).map(([id]) => id);

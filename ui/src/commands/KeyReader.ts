import { type CommandId, commands } from "./registry";

/** Milliseconds within which the second key of a pair must follow. */
const PAIR = 1000;

/** Turns keys into commands, one key or two in turn. */
export class KeyReader {
  private first: { key: string; at: number } | null = null;

  read(key: string, now: number): CommandId | null {
    const before = this.first && now - this.first.at < PAIR ? `${this.first.key} ` : "";
    this.first = null;
    const found = find(before + key) ?? find(key);
    if (found) return found;
    if (commands.some(([, { keys }]) => keys.some((one) => one.startsWith(`${key} `)))) {
      this.first = { key, at: now };
    }
    return null;
  }
}

const find = (keys: string) =>
  commands.find(([, command]) => command.keys.includes(keys))?.[0] ?? null;

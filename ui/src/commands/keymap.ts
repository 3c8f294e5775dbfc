/**
 * The keys in force: the registry's, or those that somebody chose instead in this browser. Only keys that type
 * a character can be chosen, one or two in turn; arrows, Enter and the like are what they are everywhere.
 */
import { useSyncExternalStore } from "react";
import { type Command, type CommandId, commands, registry } from "./registry";

const KEPT = "frontdesk.keys";
const listeners = new Set<() => void>();

type Chosen = Partial<Record<CommandId, string>>;

const isChoice = (key: string) => /^\S( \S)?$/u.test(key);

/** Whether a command's key may be another one. */
export const canChoose = (id: string): id is CommandId =>
  id in registry && registry[id as CommandId].keys.some(isChoice);

function read(): Chosen {
  try {
    const found = Object.entries(JSON.parse(localStorage.getItem(KEPT) ?? "{}") ?? {});
    return Object.fromEntries(
      found.filter(([id, key]) => canChoose(id) && typeof key === "string" && isChoice(key)),
    );
  } catch {
    // storage may be switched off, or hold something else
    return {};
  }
}

function set(next: Chosen) {
  chosen = next;
  try {
    if (Object.keys(next).length > 0) localStorage.setItem(KEPT, JSON.stringify(next));
    else localStorage.removeItem(KEPT);
  } catch {
    // then it holds for this page
  }
  for (const listener of listeners) listener();
}

let chosen: Chosen = read();

/** What to press for a command. */
export function keysOf(id: CommandId): readonly string[] {
  const key = chosen[id];
  return key ? [key] : registry[id].keys;
}

/** What somebody chose, drawn anew with each choice. */
export const useKeys = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => chosen,
  );

/** "gs" or "g s" as the registry writes it; null for what is not one key or two. */
export function keyTyped(text: string): string | null {
  const keys = [...text.replaceAll(/\s/gu, "")];
  return keys.length === 1 || keys.length === 2 ? keys.join(" ") : null;
}

/** Takes a key for a command, unless it is another's: that one is returned, and all stays as it is. */
export function choose(id: CommandId, key: string): CommandId | null {
  const other = clashOf(id, key);
  if (other) return other;
  const { [id]: _, ...rest } = chosen;
  set(registry[id].keys.some((own) => own === key) ? rest : { ...rest, [id]: key });
  return null;
}

export const chooseNone = () => set({});

/** The other command that a key, or the start of it, already means where both are heard. */
export function clashOf(id: CommandId, key: string): CommandId | null {
  const hides = (one: string) =>
    one === key || one.startsWith(`${key} `) || key.startsWith(`${one} `);
  const found = commands.find(
    ([other]) => other !== id && meet(id, other) && keysOf(other).some(hides),
  );
  return found?.[0] ?? null;
}

/** Whether two commands are heard at the same place. */
function meet(one: CommandId, other: CommandId): boolean {
  const [here, there] = [placesOf(one), placesOf(other)];
  return here.some((place) => there.includes(place));
}

/** A ticket's category and priority are changed in triage by the same keys as beside the list. */
function placesOf(id: CommandId): ("list" | "triage")[] {
  const { group } = registry[id] as Command;
  if (group === "anywhere" || id === "category" || id === "priority") return ["list", "triage"];
  return group === "triage" ? ["triage"] : ["list"];
}

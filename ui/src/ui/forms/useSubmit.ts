import { type FormEvent, useEffect, useRef, useState } from "react";
import { Problem } from "../../api/client";

type Faults = Record<string, string>;

/** What is found wrong before anything is sent, by the field's name. */
export class Invalid extends Error {
  constructor(readonly faults: Faults) {
    super("invalid");
  }
}

/**
 * Sends a form, once at a time. What is wrong with one of its fields stands at that field, which takes
 * the focus; what is wrong with none of them is the `failure`.
 */
export function useSubmit(fields: readonly string[], send: () => Promise<void>) {
  const form = useRef<HTMLFormElement>(null);
  const [sending, setSending] = useState(false);
  const [errors, setErrors] = useState<Faults>({});
  const [failure, setFailure] = useState("");
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  async function submit(event?: FormEvent) {
    event?.preventDefault();
    if (sending) return;
    setSending(true);
    try {
      await send();
      setErrors({});
      setFailure("");
    } catch (error) {
      const { named, rest } = sorted(error, fields);
      setErrors(named);
      setFailure(rest);
    } finally {
      setSending(false);
    }
  }
  return { form, submit, sending, errors, failure, setFailure };
}

function sorted(error: unknown, fields: readonly string[]): { named: Faults; rest: string } {
  if (error instanceof Invalid) return { named: error.faults, rest: "" };
  if (!(error instanceof Problem)) throw error;
  const named: Faults = {};
  const others: string[] = [];
  for (const [name, texts] of Object.entries(error.errors)) {
    if (fields.includes(name)) named[name] = texts.join("; ");
    else others.push(...texts);
  }
  const isSaid = Object.keys(named).length > 0 || others.length > 0;
  return { named, rest: isSaid ? others.join("; ") : error.message };
}

import { useEffect, useRef, useState } from "react";
import { t } from "../language/work";
import { Field } from "../ui/forms/Field";

/** Filters a moment after the last key. */
export function ActionFilter({ value, set }: { value: string; set: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <Field
      label={t.audit.beginsWith}
      type="search"
      placeholder="session."
      autoComplete="off"
      spellCheck={false}
      value={typed}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => set(text.trim()), 250);
      }}
    />
  );
}

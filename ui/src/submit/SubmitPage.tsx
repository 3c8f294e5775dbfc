import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { api, Problem } from "../api/client";
import type { Category, Priority, Ticket } from "../api/types";
import { categories, priorities, sources } from "../tickets/words";
import { type Choice, ChoiceField, undecided } from "./ChoiceField";
import { readDraft, writeDraft } from "./draft";
import { freshKey } from "./key";
import styles from "./SubmitPage.module.css";
import { SuggestionBox } from "./SuggestionBox";
import { useSuggestion } from "./suggestion";

export function SubmitPage({ suggests }: { suggests: boolean }) {
  const [draft] = useState(readDraft);
  const [title, setTitle] = useState(draft.title);
  const [description, setDescription] = useState(draft.description);
  const [category, setCategory] = useState<Choice<Category>>(undecided);
  const [priority, setPriority] = useState<Choice<Priority>>(undecided);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState("");
  const [sending, setSending] = useState(false);
  const [sent, setSent] = useState<Ticket | null>(null);
  const [retry, setRetry] = useState(0);
  const [held, setHeld] = useState<"category" | "priority" | null>(null);
  // one key for one composed ticket, over all tries to send it
  const [key, setKey] = useState(freshKey);
  const summary = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const queries = useQueryClient();
  const suggestion = useSuggestion(suggests ? title : "", suggests ? description : "", retry);

  useEffect(
    () => writeDraft(sent ? { title: "", description: "" } : { title, description }),
    [title, description, sent],
  );

  // fills what nobody chose; a field under the hand waits until it is left
  useEffect(() => {
    if (suggestion.kind !== "ready") return;
    const { suggested_category, suggested_priority } = suggestion.suggestion;
    if (held !== "category") {
      setCategory((now) => (now.by === "you" ? now : { value: suggested_category, by: "machine" }));
    }
    if (held !== "priority") {
      setPriority((now) => (now.by === "you" ? now : { value: suggested_priority, by: "machine" }));
    }
  }, [suggestion, held]);

  const tried = Object.keys(errors).length > 0 || failure !== "";
  useEffect(() => {
    if (tried && !sending) summary.current?.focus();
  }, [tried, sending]);
  useEffect(() => {
    if (sent) heading.current?.focus();
  }, [sent]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (sending) return;
    const found: Record<string, string> = {};
    if (!title.trim()) found.title = "Enter a title";
    else if ([...title.trim()].length > 200) found.title = "The title has more than 200 characters";
    if (!description.trim()) found.description = "Describe what is wrong";
    else if ([...description].length > 50_000)
      found.description = "The description has more than 50,000 characters";
    setErrors(found);
    setFailure("");
    if (Object.keys(found).length > 0) return;
    setSending(true);
    try {
      // what the machine suggested and nobody changed is the requester's choice once it is sent
      const ticket = await api.create(
        {
          title,
          description,
          category: category.value || undefined,
          priority: priority.value || undefined,
        },
        key,
      );
      setKey(freshKey());
      setSent(ticket);
      void queries.invalidateQueries();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // the key belongs to what was sent before; a text that was changed since is another ticket
      if (error.status === 422) setKey(freshKey());
      const named = Object.entries(error.errors).map(([name, texts]) => [name, texts.join("; ")]);
      if (named.length > 0) setErrors(Object.fromEntries(named));
      else setFailure(`${error.message} Nothing you wrote is lost.`);
    } finally {
      setSending(false);
    }
  }

  if (sent) {
    return (
      <section className={styles.page}>
        <h1 ref={heading} tabIndex={-1}>
          Ticket {sent.id} is filed
        </h1>
        <p>
          {categories[sent.category]} ({sources[sent.category_source]}), {priorities[sent.priority]}{" "}
          priority ({sources[sent.priority_source]}).
        </p>
        <p className={styles.links}>
          <Link href={`/tickets/${sent.id}`}>Open the ticket</Link>
          <Link href="/tickets">All tickets</Link>
          <button
            type="button"
            onClick={() => {
              setSent(null);
              setTitle("");
              setDescription("");
              setCategory(undecided);
              setPriority(undecided);
            }}
          >
            File another
          </button>
        </p>
      </section>
    );
  }

  const field = (name: string) => ({
    id: name,
    "aria-invalid": errors[name] ? true : undefined,
    "aria-describedby": errors[name] ? `${name}-error` : undefined,
  });
  const fault = (name: string) =>
    errors[name] && (
      <p id={`${name}-error`} className={styles.fault}>
        {errors[name]}
      </p>
    );
  return (
    <form className={styles.page} onSubmit={submit} noValidate>
      <h1>Submit a ticket</h1>
      <p className={styles.lead}>Tell us what happened. A person reads every request.</p>
      {tried && (
        <div ref={summary} tabIndex={-1} className="error">
          <div role="alert">
            <h2>There is a problem</h2>
            {failure && <p>{failure}</p>}
            <ul>
              {Object.entries(errors).map(([name, text]) => (
                <li key={name}>
                  <a href={`#${name}`}>{text}</a>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <label htmlFor="title">Title</label>
      {fault("title")}
      <input
        {...field("title")}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        autoComplete="off"
      />
      <label htmlFor="description">Description</label>
      {fault("description")}
      <textarea
        {...field("description")}
        rows={7}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
      />
      {suggests && (
        <SuggestionBox
          state={suggestion}
          category={category.by === "you" ? category.value : ""}
          priority={priority.by === "you" ? priority.value : ""}
          retry={() => setRetry(retry + 1)}
          use={({ suggested_category, suggested_priority }) => {
            setCategory({ value: suggested_category, by: "machine" });
            setPriority({ value: suggested_priority, by: "machine" });
          }}
        />
      )}
      <div className={styles.pair}>
        <ChoiceField
          label="Category"
          words={categories}
          choice={category}
          choose={setCategory}
          field={field("category")}
          fault={fault("category")}
          hold={(held) => setHeld(held ? "category" : null)}
        />
        <ChoiceField
          label="Priority"
          words={priorities}
          choice={priority}
          choose={setPriority}
          field={field("priority")}
          fault={fault("priority")}
          hold={(held) => setHeld(held ? "priority" : null)}
        />
      </div>
      <button type="submit" className="primary" aria-busy={sending}>
        Submit ticket
      </button>
      <span role="status" className={styles.sending}>
        {sending ? "Sending…" : ""}
      </span>
    </form>
  );
}

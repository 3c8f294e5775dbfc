import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FiledTicket } from "../api/types";
import { Filed } from "./Filed";
import { SubmitForm } from "./SubmitForm";
import { useDraft } from "./useDraft";

/** The form, and what is said when it is sent. */
export default function SubmitPage(props: { suggests: boolean; isStranger?: boolean }) {
  const draft = useDraft();
  const [filed, setFiled] = useState<FiledTicket | null>(null);
  const [again, setAgain] = useState(false);
  const queries = useQueryClient();
  if (filed)
    return (
      <Filed
        filed={filed}
        another={() => {
          setAgain(true);
          setFiled(null);
        }}
      />
    );
  return (
    <SubmitForm
      suggests={props.suggests}
      isStranger={props.isStranger ?? false}
      takesFocus={again}
      draft={draft}
      filed={(ticket) => {
        draft.clear();
        setFiled(ticket);
        void queries.invalidateQueries({ queryKey: ["tickets"] });
        void queries.invalidateQueries({ queryKey: ["stats"] });
      }}
    />
  );
}

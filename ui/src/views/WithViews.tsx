import type { ReactNode } from "react";
import { useSearch } from "wouter";
import { Failure } from "../ui/Failure";
import { Late } from "../ui/Late";
import { keyIn } from "./known";
import { useViews } from "./useViews";

/** The list, once it is known which conditions its URL stands for. */
export function WithViews({ children }: { children: ReactNode }) {
  const isNamed = keyIn(useSearch()) !== null;
  const views = useViews();
  if (!isNamed || views.data) return children;
  if (views.isError) return <Failure error={views.error} retry={() => void views.refetch()} />;
  return <Late />;
}

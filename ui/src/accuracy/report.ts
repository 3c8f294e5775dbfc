/** What the server counts of its classifiers. */
import { call } from "../api/client";
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];

export type Share = Schemas["Share"];
export type Bin = Schemas["Bin"];
export type Confusion = Schemas["Confusion"];
export type Latency = Schemas["Latency"];
export type Failure = Schemas["Failure"];
export type Model = Schemas["ModelReport"];
export type Breaker = Schemas["BreakerReport"];
export type Paired = Schemas["Paired"];
export type PairedField = Schemas["PairedField"];
export type ShadowAsked = Schemas["ShadowAsked"];
export type Learnt = Schemas["Learning"];
export type Turn = Schemas["Turn"];
export type UsageOfDay = Schemas["UsageOfDay"];
export type FieldName = "category" | "priority";
export type Report = Schemas["ClassifierReport"];

export const report = (from: string) =>
  call<Report>("GET", `/api/classifier/report/?from=${encodeURIComponent(from)}`);

/** One model among those of a report, in words that stay the same from day to day. */
export const keyOf = ({ role, source, model, refits, model_version, prompt_version }: Model) =>
  [source, model, refits && "+", model_version, prompt_version, role === "shadow" && role]
    .filter(Boolean)
    .join(" ");

export const fields: FieldName[] = ["category", "priority"];

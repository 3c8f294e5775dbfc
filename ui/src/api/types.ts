/** The wire's types, generated from the server's OpenAPI document. */
import type { components } from "./schema.gen";

type Schemas = components["schemas"];

export type Ticket = Schemas["Ticket"];
export type TicketPage = Schemas["TicketPage"];
export type Stats = Schemas["Stats"];
export type Trends = Schemas["Trends"];
export type Suggestion = Schemas["Suggestion"];
export type CreateTicket = Schemas["CreateTicket"];
export type UpdateTicket = Schemas["UpdateTicket"];
export type ProblemBody = Schemas["Problem"];
export type About = Schemas["About"];
export type Category = Schemas["Category"];
export type Priority = Schemas["Priority"];
export type Status = Schemas["Status"];
export type Source = Schemas["Source"];

export type FiledTicket = Schemas["FiledTicket"];
export type FollowedTicket = Schemas["FollowedTicket"];
export type TicketEvent = Schemas["TicketEvent"];
export type TicketEventPage = Schemas["TicketEventPage"];
export type TicketReference = Schemas["TicketReference"];
export type TicketChange = Schemas["TicketChange"];
export type BulkResult = Schemas["BulkResult"];
export type BulkResults = Schemas["BulkResults"];

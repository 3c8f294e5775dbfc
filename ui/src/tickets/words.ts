import type { Source } from "../api/types";

export const isMachine = (source: Source) => source !== "requester" && source !== "agent";

import type { Status } from "../api/types";
import { t } from "../language/work";

/** What a step of its way was; the first is that it came. */
export const step = (status: Status, isFirst: boolean) =>
  isFirst && status === "open" ? t.follow.received : t.follow.steps[status];

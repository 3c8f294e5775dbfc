import type { ReactNode } from "react";

/** Puts a part of a message into a link, an emphasis or a key: the message says where, the page says what. */
export type Around = (text: string) => ReactNode;

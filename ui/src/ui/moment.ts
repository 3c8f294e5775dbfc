const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A point in time as people read it. */
export const moment = (time: string) => format.format(new Date(time));

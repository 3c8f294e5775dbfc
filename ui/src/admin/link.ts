/** A link that somebody else opens needs the site's name. */
export const whole = (link: string) => new URL(link, window.location.origin).href;

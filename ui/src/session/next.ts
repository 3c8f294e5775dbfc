/** Where somebody lands who asked for no page of ours. */
const HOME = "/tickets";

/** The page to go to after signing in: a path of this site, whatever the address bar was made to say. */
export function nextPath(search: string, origin = window.location.origin): string {
  const wanted = new URLSearchParams(search).get("next");
  if (!wanted?.startsWith("/")) return HOME;
  let url: URL;
  try {
    // as the browser would read it: "/\t/evil.example" and "/\\evil.example" are other sites
    url = new URL(wanted, origin);
  } catch {
    return HOME;
  }
  const isOurs = url.origin === origin && !url.pathname.startsWith("//");
  if (!isOurs || /^\/login(\/|$)/.test(url.pathname)) return HOME;
  return url.pathname + url.search + url.hash;
}

export const loginHref = (path: string) => `/login?${new URLSearchParams({ next: path })}`;

/**
 * Requests that were refused because the session is over. They wait here until the person has signed in
 * again, and are then sent once more: nothing that was typed or chosen is lost.
 */
export class SignInAgain {
  private waiting: ((again: boolean) => void)[] = [];
  private listeners = new Set<() => void>();
  private isDismissed = false;
  private works = false;

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Whether somebody is to be asked. */
  asks = () => this.waiting.length > 0;

  /** Whether somebody works here who was signed in; to all others a 401 is an answer like any other. */
  worksHere(works: boolean) {
    this.works = works;
  }

  /** Resolves to whether the request is to be sent again. */
  wait(method: string): Promise<boolean> {
    // who does not want to sign in is not asked by what the page reads by itself
    if (!this.works || (this.isDismissed && method === "GET")) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.tell();
    });
  }

  signedIn() {
    this.isDismissed = false;
    this.settle(true);
  }

  dismiss() {
    this.isDismissed = true;
    this.settle(false);
  }

  private settle(again: boolean) {
    const all = this.waiting;
    this.waiting = [];
    for (const resolve of all) resolve(again);
    this.tell();
  }

  private tell() {
    for (const listener of this.listeners) listener();
  }
}

export const signInAgain = new SignInAgain();

import { Component, type ReactNode } from "react";
import { t } from "../language/text";

type Props = {
  children: ReactNode;
  /** For what the page does without: it goes, and nothing is said. */
  quiet?: boolean;
};

/** Keeps a fault of one part from taking the rest of the page with it. */
export class Boundary extends Component<Props, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    if (this.props.quiet) return null;
    // to draw again would import the same missing file again
    if (isMissingFile(error)) {
      return (
        <div role="alert" className="error">
          <h1>{t.ui.notLoaded}</h1>
          <p>{t.ui.notLoadedWhy}</p>
          <button type="button" onClick={() => window.location.reload()}>
            {t.ui.reload}
          </button>
        </div>
      );
    }
    return (
      <div role="alert" className="error">
        <h1>{t.ui.failed}</h1>
        <p>{error.message}</p>
        <button type="button" onClick={() => this.setState({ error: null })}>
          {t.ui.tryAgain}
        </button>{" "}
        <button
          type="button"
          onClick={() => void navigator.clipboard?.writeText(details(error)).catch(() => {})}
        >
          {t.ui.copyDetails}
        </button>{" "}
        <button type="button" onClick={() => window.location.reload()}>
          {t.ui.reload}
        </button>
      </div>
    );
  }
}

/** Each browser says it in its own words; none gives it a code. */
export const isMissingFile = (error: Error) =>
  /dynamically imported module|importing a module script failed|preload css/i.test(error.message);

/** For whoever is asked to look into it: what failed and where, and nothing of what was written. */
const details = (error: Error) =>
  [window.location.pathname, navigator.userAgent, error.stack ?? error.message].join("\n");

import { lazy, Suspense, useState } from "react";
import { useCommands } from "../commands/useCommands";
import { useWork } from "../tickets/useWork";
import { SaveState } from "./SaveState";
import { UndoToast } from "./UndoToast";
import { useLive } from "./useLive";

const ActivityDialog = lazy(() => import("./ActivityDialog"));

/** What stands around every page of those who work on tickets: what is saved, what was done, undo. */
export default function Desk() {
  const { activity } = useWork();
  const [isOpen, setOpen] = useState(false);
  useLive();
  useCommands({ undo: () => void activity.undo(), activity: () => setOpen(true) });
  return (
    <>
      <SaveState open={() => setOpen(true)} />
      <UndoToast />
      {isOpen && (
        <Suspense fallback={null}>
          <ActivityDialog close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

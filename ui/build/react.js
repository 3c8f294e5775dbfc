// React comes as CommonJS, for which each file of the build would ask for one more small file. Through
// here it is unwrapped once.
import React from "react-as-it-comes";

export default React;
export const {
  Component,
  Fragment,
  StrictMode,
  Suspense,
  createContext,
  createElement,
  forwardRef,
  isValidElement,
  cloneElement,
  lazy,
  memo,
  useCallback,
  useContext,
  useDebugValue,
  useEffect,
  useId,
  useInsertionEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} = React;

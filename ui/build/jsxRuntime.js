// as `react.js`
import runtime from "jsx-runtime-as-it-comes";

export const { Fragment, jsx, jsxs } = runtime;

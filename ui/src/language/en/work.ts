import { accuracy } from "./accuracy";
import { access, admin, audit, system } from "./admin";
import { commands } from "./commands";
import { desk } from "./desk";
import { follow } from "./follow";
import { forms } from "./forms";
import { session, welcome } from "./session";
import { keys, secondFactor, sessions, settings, tokens } from "./settings";
import { stats } from "./stats";
import { bulk, ticket, tickets } from "./tickets";
import { triage } from "./triage";
import { views } from "./views";

export default {
  access,
  accuracy,
  admin,
  audit,
  bulk,
  commands,
  desk,
  follow,
  forms,
  keys,
  secondFactor,
  session,
  sessions,
  settings,
  stats,
  system,
  ticket,
  tickets,
  tokens,
  triage,
  views,
  welcome,
};

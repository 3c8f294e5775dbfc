import { access, admin, audit, system } from "./admin";
import { commands } from "./commands";
import { desk } from "./desk";
import { follow } from "./follow";
import { forms } from "./forms";
import { session, welcome } from "./session";
import { secondFactor, sessions, settings, tokens } from "./settings";
import { stats } from "./stats";
import { bulk, ticket, tickets } from "./tickets";
import { triage } from "./triage";

export default {
  access,
  admin,
  audit,
  bulk,
  commands,
  desk,
  follow,
  forms,
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
  welcome,
};

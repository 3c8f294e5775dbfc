import type { Work } from "../work";
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

const whole: Work = {
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

export default whole;

import type { Role } from "../api/accounts";

export const roles: Record<Role, string> = { agent: "Agent", admin: "Admin" };

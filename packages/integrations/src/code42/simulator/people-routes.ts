import * as z from "zod";
import { type Asked, readBody } from "./asked.ts";
import { refuse } from "./vendor-problem.ts";

export async function findUsers({ tenant, request }: Asked): Promise<Response> {
  const username = new URL(request.url).searchParams.get("username");
  const users = tenant.seed.users.filter((user) => username === null || user.username.toLowerCase() === username.toLowerCase());
  return Response.json({ users: users.map((user) => ({ ...user, orgId: "1001", orgName: "QRST Inc." })), totalCount: users.length });
}

export async function listWatchlists({ tenant, request }: Asked): Promise<Response> {
  const userId = new URL(request.url).searchParams.get("user_id");
  const lists = tenant.watchlists.filter(({ members }) => userId === null || members.has(userId));
  return Response.json({
    watchlists: lists.map(({ watchlistId, listType, title, members }) => ({
      watchlistId,
      listType,
      title,
      tenantId: tenant.seed.tenantId,
      stats: { includedUsersCount: members.size },
    })),
    totalCount: lists.length,
  });
}

export async function createWatchlist(asked: Asked): Promise<Response> {
  const asking = await readBody(asked, z.object({ watchlistType: z.string(), title: z.string().nullish() }));
  if ("refusal" in asking) return asking.refusal;
  const { watchlistType, title } = asking.body;
  if (watchlistType !== "CUSTOM" && asked.tenant.watchlists.some(({ listType }) => listType === watchlistType))
    return refuse(409, `The tenant has a ${watchlistType} watchlist already.`);
  asked.record(`create-watchlist ${watchlistType}`);
  const { watchlistId, listType } = asked.tenant.createWatchlist(watchlistType, title ?? watchlistType);
  return Response.json({ watchlistId, listType, title: title ?? null, tenantId: asked.tenant.seed.tenantId, stats: {} });
}

export async function includedUsers({ tenant, id }: Asked): Promise<Response> {
  const list = tenant.watchlists.find(({ watchlistId }) => watchlistId === id);
  if (list === undefined) return refuse(404, "The watchlist does not exist.");
  const included = [...list.members].map(([userId, addedTime]) => ({ userId, username: tenant.seed.users.find((user) => user.userId === userId)?.username ?? null, addedTime }));
  return Response.json({ includedUsers: included, totalCount: included.length });
}

export async function changeIncluded(asked: Asked, change: "add" | "delete"): Promise<Response> {
  const asking = await readBody(asked, z.object({ userIds: z.array(z.string()).min(1).max(100), watchlistId: z.string() }));
  if ("refusal" in asking) return asking.refusal;
  const { tenant, id } = asked;
  const list = tenant.watchlists.find(({ watchlistId }) => watchlistId === id);
  if (list === undefined || asking.body.watchlistId !== id) return refuse(404, "The watchlist does not exist.");
  if (asking.body.userIds.some((userId) => !tenant.seed.users.some((user) => user.userId === userId))) return refuse(400, "A user does not exist.");
  for (const userId of asking.body.userIds) {
    asked.record(`${change === "add" ? "add" : "remove"}-departing-employee ${userId}`);
    if (change === "add") list.members.set(userId, tenant.now());
    else list.members.delete(userId);
  }
  return new Response("", { status: 200 });
}

export async function updateRiskProfile(asked: Asked): Promise<Response> {
  const date = z.object({ year: z.int().min(1970), month: z.int().min(1).max(12), day: z.int().min(1).max(31) });
  const asking = await readBody(asked, z.object({ endDate: date.optional(), notes: z.string().max(1_000).optional() }));
  if ("refusal" in asking) return asking.refusal;
  if (!asked.tenant.seed.users.some(({ userId }) => userId === asked.id)) return refuse(404, "The user does not exist.");
  asked.record(`update-risk-profile ${asked.id}`);
  const profile = { ...asked.tenant.riskProfiles.get(asked.id), ...asking.body };
  asked.tenant.riskProfiles.set(asked.id, profile);
  return Response.json({ userId: asked.id, tenantId: asked.tenant.seed.tenantId, ...profile });
}

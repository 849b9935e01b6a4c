package dev.laneway.runtime.rate;

import dev.laneway.contracts.RateLimits;
import dev.laneway.runtime.redis.RedisLink;
import dev.laneway.runtime.redis.Script;
import dev.laneway.runtime.redis.ScriptTurns;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Counts in Redis, by its clock. What one turn of the event loop asks is one script. Keys:
 *
 * <ul>
 *   <li>{@code lw:rate:<rm|tm|rh|th>:<scope>/<id>}: a hash of sixty-one parts of a window (by the part's number modulo 61), {@code t} (the
 *       newest part's number) and {@code s} (their sum). It ends a little after its window
 *   <li>{@code lw:rate:p:<scope>/<id>}: a sorted set of requests that are under way, by the end of their lease
 *   <li>{@code lw:rate:o:<attempt>}: of what is counted once, {@code t} (taken) or {@code s} (settled), when it was counted, and its plan
 * </ul>
 *
 * Each question has seven words: what ({@code a} admit, {@code s} settle, {@code r} renew, {@code l} look), the request's id, three numbers,
 * whether it is counted once (for {@code a} its deadline and plan; empty where not), and holders with their limits.
 */
public final class RedisRates implements RateStore {
    /** In the order of a question's numbers. */
    private static final List<RateKind> KINDS = List.of(RateKind.values());

    private static final Script TURN = Script.of("""
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[1])
            local function int(n) return string.format('%.0f', n) end
            local function aged(key, width)
              local at = math.floor(now / width)
              local was = redis.call('HMGET', key, 't', 's')
              if not was[1] then return 0, at end
              local t, s = tonumber(was[1]), tonumber(was[2])
              if at <= t then return s, t end
              if at - t > 60 then
                redis.call('DEL', key)
                return 0, at
              end
              local slots, gone = {}, 0
              for part = t + 1, at do slots[#slots + 1] = part % 61 end
              local old = redis.call('HMGET', key, unpack(slots))
              for i = 1, #slots do if old[i] then gone = gone + tonumber(old[i]) end end
              redis.call('HDEL', key, unpack(slots))
              redis.call('HSET', key, 't', int(at), 's', int(s - gone))
              return s - gone, at
            end
            local function free_in(key, width, at, amount)
              local slots, free = {}, 0
              for part = at - 60, at do slots[#slots + 1] = part % 61 end
              local counts = redis.call('HMGET', key, unpack(slots))
              for i = 1, 61 do
                if counts[i] then
                  free = free + tonumber(counts[i])
                  if free >= amount then return (at + i) * width - now end
                end
              end
              return 61 * width
            end
            local function add(key, width, at, amount)
              local count = redis.call('HINCRBY', key, at % 61, int(amount))
              redis.call('HINCRBY', key, 's', int(amount))
              if count == amount then
                redis.call('HSET', key, 't', int(at))
                redis.call('PEXPIRE', key, int(62 * width))
              end
            end
            local function correct(key, width, at, difference)
              local part = math.floor(at / width)
              local was = redis.call('HMGET', key, 't', part % 61)
              if not was[1] or not was[2] or tonumber(was[1]) - part > 60 then return end
              local by = math.max(-tonumber(was[2]), difference)
              redis.call('HINCRBY', key, part % 61, int(by))
              redis.call('HINCRBY', key, 's', int(by))
            end
            local function place(key, id, lease)
              redis.call('ZADD', key, int(now + lease), id)
              redis.call('PEXPIRE', key, 120000)
            end
            local out = {}
            for q = 2, #ARGV, 7 do
              local what, id, one, two, three, once, holders = unpack(ARGV, q, q + 6)
              one, two, three = tonumber(one), tonumber(two), tonumber(three)
              local kept, state, since, plan = 'lw:rate:o:' .. id, nil, now, ''
              if once ~= '' then
                local was = redis.call('GET', kept)
                if was then state, since, plan = string.match(was, '^(%l) (%d+) (.*)$') end
              end
              local holds = what == 'a' and (not state or (state == 't' and once == string.match(once, '^%d+ ') .. plan))
              local fresh, widest = what == 'a' and not state, 1000
              local used, adds, places, whose, kind, longest, h = {}, {}, {}, 0, 0, -1, 0
              for name, rm, tm, rh, th, p in string.gmatch(holders, '([^ ,]+),(%d+),(%d+),(%d+),(%d+),(%d+)') do
                h = h + 1
                local windows = {
                  {'lw:rate:rm:' .. name, 1000, tonumber(rm), 1}, {'lw:rate:tm:' .. name, 1000, tonumber(tm), one},
                  {'lw:rate:rh:' .. name, 60000, tonumber(rh), 1}, {'lw:rate:th:' .. name, 60000, tonumber(th), one}}
                local parallel = 'lw:rate:p:' .. name
                if what == 's' then
                  for k, w in ipairs(windows) do
                    local by = k % 2 == 1 and two or three
                    if w[3] > 0 and by ~= 0 and (once == '' or state == 't') then correct(w[1], w[2], one, by) end
                  end
                  if p ~= '0' then redis.call('ZREM', parallel, id) end
                elseif what == 'r' then
                  if p ~= '0' and (once == '' or state == 't') then place(parallel, id, two) end
                else
                  for k, w in ipairs(windows) do
                    local sum = 0
                    if w[3] > 0 then
                      local at
                      sum, at = aged(w[1], w[2])
                      widest = math.max(widest, w[2])
                      if fresh and sum + w[4] > w[3] then
                        local wait = free_in(w[1], w[2], at, sum + w[4] - w[3])
                        if wait > longest then whose, kind, longest = h, k, wait end
                      elseif fresh and w[4] > 0 then
                        adds[#adds + 1] = {w[1], w[2], at, w[4], #used + 1}
                      end
                    end
                    used[#used + 1] = sum
                  end
                  local count = 0
                  if p ~= '0' then
                    redis.call('ZREMRANGEBYSCORE', parallel, '-inf', int(now))
                    count = redis.call('ZCARD', parallel)
                    widest = 60000
                    local mine = state and redis.call('ZSCORE', parallel, id)
                    if holds and not mine and count >= tonumber(p) then
                      if longest < 0 then whose, kind, longest = h, 5, 0 end
                    elseif holds then
                      places[#places + 1] = {parallel, #used + 1, mine and 0 or 1}
                    end
                  end
                  used[#used + 1] = count
                end
              end
              if what == 'a' and whose == 0 then
                for _, a in ipairs(adds) do
                  add(a[1], a[2], a[3], a[4])
                  used[a[5]] = used[a[5]] + a[4]
                end
                for _, a in ipairs(places) do
                  place(a[1], id, two)
                  used[a[2]] = used[a[2]] + a[3]
                end
                if once ~= '' and fresh then
                  local deadline
                  deadline, plan = string.match(once, '^(%d+) (.*)$')
                  local ttl = math.min(math.max(0, tonumber(deadline) - now) + 120000, 62 * widest)
                  redis.call('SET', kept, 't ' .. int(now) .. ' ' .. plan, 'PX', int(ttl))
                end
              elseif what == 's' and state == 't' and two < 0 then
                redis.call('DEL', kept)
              elseif what == 's' and state == 't' then
                redis.call('SET', kept, 's ' .. since .. ' ' .. plan, 'KEEPTTL')
              end
              out[#out + 1] = {now, whose, kind, longest, used, tonumber(since), plan}
            end
            return out
            """);

    private final RedisLink link;
    private final ScriptTurns turns;

    /** Counts over a link, which is closed with it. */
    public RedisRates(Context context, RedisLink link) {
        this(context, link, 0);
    }

    /** @param aheadMillis how much later it is than the server's clock says, for tests */
    public RedisRates(Context context, RedisLink link, long aheadMillis) {
        this.link = Objects.requireNonNull(link, "link");
        this.turns = new ScriptTurns(context, link, TURN, List.of(String.valueOf(aheadMillis)));
    }

    @Override
    public Future<Verdict> admit(Ask ask) {
        return turns.ask(words("a", ask.request(), ask.tokens(), lease(ask), 0, once(ask), ask.holders()))
                .map(answer -> verdict(answer, ask.holders()));
    }

    private static long lease(Ask ask) {
        return ask.once() == null ? LEASE_MILLIS : FIRST_LEASE_MILLIS;
    }

    private static String once(Ask ask) {
        Once once = ask.once();
        return once == null ? "" : once.deadline() + " " + once.plan();
    }

    private static Verdict verdict(Response answer, List<Limited> holders) {
        int whose = answer.get(1).toInteger();
        return whose == 0
                ? new Passed(
                        counted(answer, holders),
                        answer.get(5).toLong(),
                        answer.get(6).toString())
                : new Refused(
                        holders.get(whose - 1),
                        KINDS.get(answer.get(2).toInteger() - 1),
                        answer.get(3).toLong(),
                        counted(answer, holders));
    }

    private static Counted counted(Response answer, List<Limited> holders) {
        Response used = answer.get(4);
        List<Use> uses = new ArrayList<>(holders.size());
        for (int at = 0; at < holders.size() * KINDS.size(); at += KINDS.size()) {
            uses.add(new Use(
                    used.get(at).toLong(),
                    used.get(at + 1).toLong(),
                    used.get(at + 2).toLong(),
                    used.get(at + 3).toLong(),
                    used.get(at + 4).toLong()));
        }
        return new Counted(answer.get(0).toLong(), uses);
    }

    @Override
    public void settle(Settlement settlement) {
        var _ = turns.ask(words(
                "s",
                settlement.request(),
                settlement.at(),
                settlement.requests(),
                settlement.tokens(),
                settlement.once() ? "1" : "",
                settlement.holders()));
    }

    @Override
    public void renew(List<Ask> underWay) {
        for (Ask ask : underWay) {
            var _ = turns.ask(words("r", ask.request(), 0, LEASE_MILLIS, 0, once(ask), ask.holders()));
        }
    }

    @Override
    public Future<Counted> look(List<Limited> holders) {
        return turns.ask(words("l", "", 0, 0, 0, "", holders)).map(answer -> counted(answer, holders));
    }

    @Override
    public Future<Void> ready() {
        return link.tried();
    }

    @Override
    public Future<Void> close() {
        return link.close();
    }

    private static List<String> words(
            String what, String request, long one, long two, long three, String once, List<Limited> holders) {
        StringJoiner all = new StringJoiner(" ");
        for (Limited holder : holders) {
            RateLimits limits = holder.limits();
            all.add(holder.name() + "," + limits.requestsPerMinute() + "," + limits.tokensPerMinute() + ","
                    + limits.requestsPerHour() + "," + limits.tokensPerHour() + "," + limits.parallel());
        }
        return List.of(
                what, request, String.valueOf(one), String.valueOf(two), String.valueOf(three), once, all.toString());
    }
}

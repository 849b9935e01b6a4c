package dev.laneway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Said;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Gateway;
import dev.laneway.router.Requests;
import dev.laneway.router.health.HealthBoard;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.Privacy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random chains before random vendors, in virtual time. Whatever happens, a request ends once and in time, never leaves its zone, is
 * called no more often than its rules allow, and never before the time a vendor asked for.
 */
class PlannerSimulationTest {
    private static final int CHAINS_PER_SEED = 2_500;
    private static final FailureKind[] KINDS = FailureKind.values();
    private static final RetryRule RULE = RetryRule.DEFAULT;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldKeepEveryPromiseOnEveryChain(long seed) {
        Random random = new Random(seed);
        int ended = 0;
        for (int i = 0; i < CHAINS_PER_SEED; i++) {
            ended += new World(random, "req_" + seed + "_" + i).live();
        }

        assertThat(ended).isEqualTo(CHAINS_PER_SEED);
    }

    /** One request, its config, its workers and its vendors. */
    private static final class World {
        private final Random random;
        private final Planner planner = new Planner(RULE);
        private final HealthBoard board = new HealthBoard(Zone.CLOUD);
        private final Zone zone;
        private final Request request;
        private final int retries;
        private final boolean fallback;
        private final Set<String> attemptIds = new HashSet<>();
        private final Map<String, Integer> callsByHop = new HashMap<>();
        private final Map<String, Long> askedUntil = new HashMap<>();
        private RoutingTable table;
        private long now = Requests.START;
        private int told;
        private @Nullable String toldBy;
        private int calls;
        private int ends;

        World(Random random, String id) {
            this.random = random;
            zone = random.nextBoolean() ? Zone.LOCAL : Zone.CLOUD;
            retries = random.nextInt(4);
            fallback = random.nextInt(4) > 0;
            table = table("v1");
            request = Requests.of(
                    id,
                    "route",
                    "lane",
                    zone,
                    random.nextBoolean() ? WorkClass.INTERACTIVE : WorkClass.DEFERRED,
                    Requests.START + 1 + random.nextInt(200_000));
        }

        /** @return how often the request ended */
        int live() {
            Decision decision = planner.plan(request, situation());
            for (int step = 0; decision != null; step++) {
                assertThat(step).as("steps of %s", request.id()).isLessThan(1_000);
                change();
                decision = follow(decision);
            }
            return ends;
        }

        private Decision follow(Decision decision) {
            return switch (decision) {
                case Decision.Publish publish -> work(publish);
                case Decision.Later later -> {
                    assertThat(later.at()).isGreaterThan(now);
                    assertThat(later.at()).isLessThan(request.deadline());
                    now = later.at();
                    yield planner.resume(later.pending(), situation());
                }
                case Decision.End end -> {
                    assertThat(now).isLessThan(request.deadline());
                    assertThat(end.attempts()).isEqualTo(calls);
                    ends++;
                    yield null;
                }
                case Decision.Drop drop -> {
                    assertThat(drop.attempts()).isEqualTo(calls);
                    ends++;
                    yield null;
                }
            };
        }

        /** What a worker does with an attempt; null when it succeeds. */
        private Decision work(Decision.Publish publish) {
            Attempt attempt = publish.attempt();
            assertThat(now).isLessThan(request.deadline());
            assertThat(attemptIds.add(attempt.id())).isTrue();
            assertThat(zone.allows(zoneOf(attempt.account()))).isTrue();
            assertThat(publish.topic()).startsWith("lw." + zone.id() + ".attempts." + attempt.account() + ".");
            assertThat(attempt.plan().attempts()).isEqualTo(calls + 1);
            assertThat(attempt.continues())
                    .as("what %s goes on with", attempt.id())
                    .isEqualTo(toldBy == null ? null : new Said(toldBy, 1, told, 0, 1));
            if (!fallback) {
                assertThat(attempt.hop()).isZero();
            }
            long paused = askedUntil.getOrDefault(attempt.account(), 0L);
            if (request.workClass() == WorkClass.DEFERRED) {
                now = Math.max(now, paused);
            }
            FailureKind kind = KINDS[random.nextInt(KINDS.length)];
            if (now >= request.deadline() || kind == FailureKind.EXPIRED) {
                return back(attempt, new Failure(FailureKind.EXPIRED, "", 0, 0), false, 0);
            }
            assertThat(now).as("pause of %s", attempt.account()).isGreaterThanOrEqualTo(paused);
            if (table.deployment(attempt.deployment()) == null) {
                return back(attempt, new Failure(FailureKind.UNKNOWN_DEPLOYMENT, "", 0, 0), false, 0);
            }
            if (kind == FailureKind.UNKNOWN_DEPLOYMENT
                    || (kind == FailureKind.RATE_LIMITED && random.nextInt(3) == 0)) {
                return back(attempt, new Failure(kind, "", 0, 0), false, 0);
            }
            if (kind == FailureKind.LIMIT_REACHED || kind == FailureKind.LIMITS_AWAY) {
                return back(attempt, new Failure(kind, "", 0, random.nextInt(70_000)), false, 0);
            }
            calls++;
            count(attempt);
            now += random.nextInt(5_000);
            if (random.nextInt(6) == 0) {
                ends++;
                return null;
            }
            long retryAfter = random.nextBoolean() ? random.nextInt(90_000) : 0;
            if (kind == FailureKind.RATE_LIMITED && retryAfter > 0) {
                askedUntil.put(attempt.account(), now + retryAfter);
                board.take(new Health(
                        attempt.deployment(), attempt.account(), Health.State.PAUSED, now + retryAfter, kind, now));
            }
            int frames = random.nextInt(10) == 0 ? 1 : 0;
            return back(attempt, new Failure(kind, "", 0, retryAfter), true, frames);
        }

        private Decision back(Attempt attempt, Failure failure, boolean called, int frames) {
            Said said = frames > 0 && random.nextBoolean() ? new Said(attempt.id(), 1, told + frames, 0, 1) : null;
            Decision decision =
                    planner.next(new FailedAttempt(attempt, failure, called, frames, now, said), situation());
            told += frames;
            if (frames > 0 && (said == null || !attempt.plan().continuation())) {
                assertThat(decision).isInstanceOfAny(Decision.End.class, Decision.Drop.class);
            } else if (frames > 0) {
                toldBy = attempt.id();
            }
            return decision;
        }

        /** Within a config, a hop's calls are its retries and one, and one more for each account that refused our credentials. */
        private void count(Attempt attempt) {
            Hop hop = attempt.plan().hops().get(attempt.hop());
            String key = attempt.plan().configVersion() + attempt.hop() + "/"
                    + attempt.plan().replans();
            assertThat(callsByHop.merge(key, 1, Integer::sum))
                    .as("calls of hop %s of %s", key, request.id())
                    .isLessThanOrEqualTo(retries + hop.deployments().size());
        }

        private void change() {
            if (random.nextInt(20) == 0) {
                table = table("v" + random.nextInt(1_000));
            }
            if (random.nextInt(5) == 0) {
                Health.State[] states = Health.State.values();
                String account = account();
                Health.State state = states[random.nextInt(states.length)];
                if (state != Health.State.PAUSED && state != Health.State.MEASURED) {
                    board.take(new Health(
                            "g" + random.nextInt(4) + "/" + account, account, state, now + 10_000, null, now));
                }
            }
        }

        private Situation situation() {
            return new Situation(table, board, now, random.nextInt(10) > 0);
        }

        private RoutingTable table(String version) {
            Gateway gateway = Gateway.version(version).retries(retries).lane("lane", Privacy.CLOUD_ALLOWED);
            if (random.nextBoolean()) {
                gateway.continueStreams();
            }
            int groups = 1 + random.nextInt(4);
            String[] chain = new String[groups];
            for (int group = 0; group < groups; group++) {
                chain[group] = "g" + group;
                int size = 1 + random.nextInt(3);
                for (int member = 0; member < size; member++) {
                    String account = account();
                    gateway.deployment(
                            "g" + group + "/" + account, zoneOf(account), ModelInfo.NONE, 1 + random.nextInt(3));
                }
            }
            // a route that says cloud although its requests are local is what the fence is for
            return gateway.route("route", "lane", Zone.CLOUD, fallback, chain)
                    .route("near", "lane", Zone.LOCAL, fallback, localOnly(gateway, chain))
                    .table(zone);
        }

        private static String[] localOnly(Gateway gateway, String... chain) {
            return List.of(chain).stream().filter(gateway::isLocal).toArray(String[]::new);
        }

        private static Zone zoneOf(String account) {
            return account.compareTo("acct2") < 0 ? Zone.LOCAL : Zone.CLOUD;
        }

        private String account() {
            return "acct" + random.nextInt(5);
        }
    }
}

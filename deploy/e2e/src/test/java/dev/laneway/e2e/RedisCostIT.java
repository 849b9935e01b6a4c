package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * How often a request asks Redis, by the server's own count, one request after another, so that no two share a question. Unlike a time it is the
 * same on every machine; {@code ./laneway bench} says what it costs. What the roles ask by themselves is measured first, and taken off.
 */
class RedisCostIT extends OneGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final int ASKED = 200;
    private static final Pattern CALLS = Pattern.compile("cmdstat_(\\w+):calls=(\\d+)");
    /** What the test itself asks. */
    private static final Set<String> OURS = Set.of("info", "keys", "auth", "hello");

    private Redis redis;

    @Override
    String config() {
        return "model_list:\n"
                + Configs.openAi("bare", "sim", simulator.baseUrl())
                + Configs.openAi("narrow", "sim", simulator.baseUrl())
                + """
                    model_info: {id: the-narrow}
                lanes: {premium: {privacy: cloud_allowed}}
                routes:
                  bare: {lane: premium, chain: [bare]}
                  narrow: {lane: premium, chain: [narrow]}
                router_settings: {num_retries: 0}
                holders:
                  - {scope: deployment, id: the-narrow, rpm_limit: 100000, tpm_limit: 100000000, max_parallel_requests: 1000}
                api_keys:
                  - {name: plain, key: sk-plain-0123456789}
                  - name: governed
                    key: sk-governed-0123456789
                    budget: 1000
                    budget_reset_frequency: yearly
                    rpm_limit: 100000
                    tpm_limit: 100000000
                    max_parallel_requests: 1000
                """;
    }

    @Override
    Gateway start(Path folder) throws Exception {
        redis = Redis.createClient(vertx, Objects.requireNonNull(servers.redisUrl()));
        return super.start(folder);
    }

    /** Since the server's start: calls of scripts, and all commands, those within scripts too. */
    private record Count(long nanos, double scripts, double commands) {
        Count since(Count before) {
            return new Count(nanos - before.nanos, scripts - before.scripts, commands - before.commands);
        }

        /** Without what is asked anyway in that time. */
        Count without(Count idle) {
            double share = (double) nanos / idle.nanos;
            return new Count(nanos, scripts - share * idle.scripts, commands - share * idle.commands);
        }

        Count each() {
            return new Count(nanos / ASKED, scripts / ASKED, commands / ASKED);
        }
    }

    private Count count() throws Exception {
        double scripts = 0;
        double commands = 0;
        Matcher matcher = CALLS.matcher(redis(Command.INFO, "commandstats").toString());
        while (matcher.find()) {
            String command = matcher.group(1);
            long calls = Long.parseLong(matcher.group(2));
            scripts += command.startsWith("eval") ? calls : 0;
            commands += OURS.contains(command) ? 0 : calls;
        }
        return new Count(System.nanoTime(), scripts, commands);
    }

    private Response redis(Command command, String argument) throws Exception {
        return redis.send(Request.cmd(command).arg(argument)).await(20, TimeUnit.SECONDS);
    }

    private HttpResponse<String> ask(String owner, String route) throws Exception {
        return Http.send(HttpRequest.newBuilder(URI.create(gateway.api() + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer sk-" + owner + "-0123456789")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + route
                        + "\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                .build());
    }

    private void awaitBooked() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(redis(Command.KEYS, "lw:hold:*")).isEmpty());
    }

    /** What one request asks, once all is settled and booked. */
    private Count costOf(String owner, String route) throws Exception {
        await().atMost(PATIENCE).until(() -> ask(owner, route).statusCode() == 200);
        awaitBooked();
        Count begun = count();
        await().pollDelay(IDLE).atMost(PATIENCE).until(() -> true);
        Count idle = count().since(begun);
        Count before = count();
        for (int request = 0; request < ASKED; request++) {
            assertThat(ask(owner, route).statusCode()).isEqualTo(200);
        }
        awaitBooked();
        return count().since(before).without(idle).each();
    }

    /** May it be called, and it is done with; some ten words. */
    @Test
    void shouldAskTwiceOfARequestWithoutTerms() throws Exception {
        Count each = costOf("plain", "bare");

        assertThat(each.scripts()).isBetween(1.5, 2.4);
        assertThat(each.commands()).isLessThan(15);
    }

    /**
     * Limits at the ingress, at the router, and one of both settled, the other with the next question; money held, and sent with the claim, and settled with it. Bookings are shared by what
     * accounting reads together: a tenth of a script each, more where requests are slow.
     */
    @Test
    void shouldAskSixTimesOfARequestUnderLimitsAndABudget() throws Exception {
        Count each = costOf("governed", "narrow");

        assertThat(each.scripts()).isBetween(5.5, 6.8);
        assertThat(each.commands()).isLessThan(75);
    }
}

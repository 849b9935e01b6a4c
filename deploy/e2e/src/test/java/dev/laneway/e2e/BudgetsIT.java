package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.chaos.oracle.RedisWire;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.testkit.proxy.FaultProxy;
import dev.laneway.testkit.proxy.Mode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys with budgets, in a file; calls cost what is known before they are made: ten millionths of a dollar for each token of the answer. */
class BudgetsIT extends OneGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String PRICE = "    model_info: {input_cost_per_token: 0, output_cost_per_token: %s}\n";
    /** Of a call. */
    private static final int TOKENS = 16;

    private FaultProxy redis;

    @Override
    String config() {
        String url = simulator.baseUrl();
        return "model_list:\n"
                + deployment("cheap", "sim~tokens=" + TOKENS, url) + PRICE.formatted("0.00001")
                + deployment("dear", "sim~tokens=" + TOKENS, url) + PRICE.formatted("0.001")
                + deployment("nobody-knows", "sim-nobody", url)
                + deployment("searcher", "sim", url)
                        .replace("openai/", "anthropic/")
                        .replace(url + "/v1", url)
                + PRICE.formatted("0.00001").replace("{", "{max_input_tokens: 9000, ")
                + deployment("responder", "sim", url).replace("openai/", "openai_responses/")
                + PRICE.formatted("0.00001").replace("{", "{max_input_tokens: 9000, ")
                + deployment("other-api", "sim~tokens=" + TOKENS, url).replace("openai/", "groq_responses/")
                + PRICE.formatted("0.00001").replace("{", "{max_input_tokens: 9000, ")
                + """
                holders: [{scope: provider, id: groq, budgets: [{limit: 0.00032, period: 1y}]}]
                lanes: {premium: {privacy: cloud_allowed}}
                routes:
                  paid: {lane: premium, chain: [cheap]}
                  dear-first: {lane: premium, chain: [dear, cheap]}
                  unpriced: {lane: premium, chain: [nobody-knows]}
                  searches: {lane: premium, chain: [searcher]}
                  responds: {lane: premium, chain: [responder]}
                  by-another-api: {lane: premium, chain: [other-api]}
                router_settings: {num_retries: 0}
                api_keys:
                """
                + key("two-calls", "0.00032")
                + key("claude-speaker", "0.00032")
                + key("gemini-speaker", "0.00032")
                + key("says-no-number", "0.0005")
                + key("fits-the-cheap", "0.00016")
                + key("asks-unpriced", "1")
                + key("one-search", "0.0102")
                + key("searches", "1")
                + key("keeps", "0.0008")
                + key("repeats", "0.00032")
                + key("small-change", "0.00037")
                + key("waits", "0.0008")
                + key("has-enough", "1");
    }

    private static String deployment(String name, String model, String url) {
        return "  - model_name: " + name + "\n    litellm_params: {model: \"openai/" + model + "\", api_base: \"" + url
                + "/v1\", api_key: os.environ/SIM_KEY}\n";
    }

    private static String key(String name, String budget) {
        return "  - {name: " + name + ", key: sk-" + name + "-0123456789, budget: " + budget
                + ", budget_reset_frequency: yearly}\n";
    }

    @Override
    Gateway start(Path folder) throws Exception {
        URI direct = URI.create(Objects.requireNonNull(servers.redisUrl()));
        redis = FaultProxy.open(direct.getHost(), direct.getPort());
        RoleContext.Servers through = new RoleContext.Servers(
                servers.kafka(),
                servers.databaseUrl(),
                direct.toString().replace(":" + direct.getPort(), ":" + redis.port()),
                servers.partitions());
        return InOneJvm.start(through, config(), folder);
    }

    @AfterEach
    void open() {
        redis.set(Mode.PASS);
    }

    @Override
    void holdTheLogsAgainstEachOther() throws Exception {
        oracle.expectOtherPrices();
        try (FaultProxy open = redis) {
            super.holdTheLogsAgainstEachOther();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(redis("KEYS", "lw:hold:*")).isEmpty());
        }
    }

    private List<String> redis(String... words) throws IOException {
        try (RedisWire wire = RedisWire.connect(Objects.requireNonNull(servers.redisUrl()))) {
            return wire.ask(words);
        }
    }

    private HttpResponse<String> post(String path, String owner, String body) throws Exception {
        return Http.send(HttpRequest.newBuilder(URI.create(gateway.api() + path))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer sk-" + owner + "-0123456789")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> ask(String owner, String route) throws Exception {
        return post("/v1/chat/completions", owner, chat(route, TOKENS));
    }

    private static String chat(String route, int tokens) {
        return "{\"model\":\"" + route + "\",\"max_tokens\":" + tokens
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"pay\"}]}";
    }

    private void spend(String owner, int calls) throws Exception {
        for (int i = 0; i < calls; i++) {
            HttpResponse<String> answer = ask(owner, "paid");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    void shouldRefuseWhatABudgetIsNotEnoughFor() throws Exception {
        spend("two-calls", 2);

        HttpResponse<String> refused = ask("two-calls", "paid");

        assertThat(refused.statusCode()).isEqualTo(429);
        JsonNode error = Http.json(refused).get("error");
        assertThat(error.get("type").asText()).isEqualTo("insufficient_quota");
        assertThat(error.get("code").asText()).isEqualTo("budget_exceeded");
        assertThat(error.get("message").asText()).contains("$0 left of $0.00032", "begins anew at");
        assertThat(Http.header(refused, "x-should-retry")).isEqualTo("false");
        assertThat(Http.header(refused, "retry-after")).isNotEmpty();
    }

    /** Records of all requests so far. */
    private long published() throws Exception {
        try (Admin admin = Admin.create(gateway.kafka())) {
            List<String> topics = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.contains(".requests."))
                    .toList();
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get()
                    .values()
                    .forEach(topic -> topic.partitions()
                            .forEach(partition -> latest.put(
                                    new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest())));
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    private double refusedEarly() throws Exception {
        return Metrics.of(gateway, "laneway_ingress_budget_refused_total");
    }

    /** What is settled counts as spent when accounting has booked it. */
    private void awaitRefusedEarly(String secret) {
        await().atMost(PATIENCE).until(() -> {
            double before = refusedEarly();
            assertThat(withSecret(secret, TOKENS).statusCode()).isEqualTo(429);
            return refusedEarly() > before;
        });
    }

    private HttpResponse<String> withSecret(String secret, int tokens) throws Exception {
        return Http.send(HttpRequest.newBuilder(URI.create(gateway.api() + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer " + secret)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(chat("paid", tokens)))
                .build());
    }

    @Test
    void shouldAskTheRouterAboutASpentBudgetOnlyAboutOnceASecond() throws Exception {
        spend("repeats", 2);
        HttpResponse<String> byRouter = ask("repeats", "paid");
        awaitRefusedEarly("sk-repeats-0123456789");
        long before = published();
        double early = refusedEarly();
        int refused = 0;
        long from = System.nanoTime();

        while (System.nanoTime() - from < 3_000_000_000L) {
            HttpResponse<String> answer = ask("repeats", "paid");
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(Http.json(answer).at("/error/message"))
                    .isEqualTo(Http.json(byRouter).at("/error/message"));
            refused++;
        }

        long millis = (System.nanoTime() - from) / 1_000_000;
        assertThat(published() - before).isBetween(1L, 1 + millis / 800);
        assertThat(refused).isGreaterThan(30);
        assertThat(refusedEarly() - early).isEqualTo(refused - (double) (published() - before));
    }

    @Test
    void shouldServeTheNextCallWhenTheLimitIsRaised() throws Exception {
        JsonNode made = Http.json(
                Http.post(gateway, "/key/generate", "{\"max_budget\": 0.00032, \"budget_duration\": \"1y\"}"));
        String secret = made.get("key").asText();
        assertThat(withSecret(secret, TOKENS).statusCode()).isEqualTo(200);
        assertThat(withSecret(secret, TOKENS).statusCode()).isEqualTo(200);
        awaitRefusedEarly(secret);
        HttpResponse<String> raised = Http.post(
                gateway, "/key/update", "{\"key\": \"" + made.get("token").asText() + "\", \"max_budget\": 0.00048}");

        HttpResponse<String> next = withSecret(secret, TOKENS);

        assertThat(raised.statusCode()).as(raised.body()).isEqualTo(200);
        assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
    }

    private String secretInTheTeam(String user) throws Exception {
        HttpResponse<String> made =
                Http.post(gateway, "/key/generate", "{\"team_id\": \"reds\", \"user_id\": \"" + user + "\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return Http.json(made).get("key").asText();
    }

    @Test
    void shouldHoldAUserToItsOwnBudgetInATeam() throws Exception {
        Http.post(gateway, "/team/new", "{\"team_id\": \"reds\"}");
        Http.post(
                gateway,
                "/team/member_add",
                "{\"team_id\": \"reds\", \"member\": [{\"user_id\": \"mia\", \"role\": \"user\"}],"
                        + " \"max_budget_in_team\": \"0.00032\"}");
        Http.post(
                gateway,
                "/team/member_add",
                "{\"team_id\": \"reds\", \"member\": {\"user_id\": \"noa\", \"role\": \"user\"}}");
        String mia = secretInTheTeam("mia");
        assertThat(withSecret(mia, TOKENS).statusCode()).isEqualTo(200);
        assertThat(withSecret(secretInTheTeam("mia"), TOKENS).statusCode()).isEqualTo(200);

        HttpResponse<String> refused = withSecret(mia, TOKENS);
        HttpResponse<String> others = withSecret(secretInTheTeam("noa"), TOKENS);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("of user 'mia' in team 'reds' has $0 left of $0.00032");
        assertThat(others.statusCode()).isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(spentInTheTeam()).containsExactly("mia 0.00032", "noa 0.00016"));
        assertThat(Http.json(Http.get(gateway, "/global/spend/report?group_by=team"))
                        .at("/0/teams"))
                .filteredOn(team -> team.get("team_name").asText().equals("reds"))
                .singleElement()
                .satisfies(team -> {
                    assertThat(team.get("total_spend").decimalValue()).isEqualByComparingTo("0.00048");
                    assertThat(team.get("metadata"))
                            .allMatch(part -> part.get("total_tokens").asLong() > 0);
                });
    }

    private List<String> spentInTheTeam() throws Exception {
        List<String> spent = new ArrayList<>();
        Http.json(Http.get(gateway, "/team/info?team_id=reds"))
                .get("team_memberships")
                .forEach(member -> spent.add(member.get("user_id").asText() + " "
                        + member.get("spend")
                                .decimalValue()
                                .stripTrailingZeros()
                                .toPlainString()));
        return spent;
    }

    @Test
    void shouldServeASmallCallOfAnAlmostEmptyBudget() throws Exception {
        spend("small-change", 2);
        awaitRefusedEarly("sk-small-change-0123456789");

        HttpResponse<String> small = withSecret("sk-small-change-0123456789", 5);

        assertThat(small.statusCode()).as(small.body()).isEqualTo(200);
        assertThat(withSecret("sk-small-change-0123456789", 1).statusCode()).isEqualTo(429);
    }

    @Test
    void shouldRefuseInAnthropicsWords() throws Exception {
        spend("claude-speaker", 2);

        HttpResponse<String> refused = post(
                "/v1/messages",
                "claude-speaker",
                "{\"model\":\"paid\",\"max_tokens\":16,\"messages\":[{\"role\":\"user\",\"content\":\"pay\"}]}");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Http.json(refused).get("type").asText()).isEqualTo("error");
        assertThat(Http.json(refused).at("/error/message").asText()).contains("$0 left");
    }

    @Test
    void shouldRefuseInGeminisWords() throws Exception {
        spend("gemini-speaker", 2);

        HttpResponse<String> refused = post(
                "/v1beta/models/paid:generateContent",
                "gemini-speaker",
                "{\"generationConfig\":{\"maxOutputTokens\":16},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"pay\"}]}]}");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Http.json(refused).at("/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
    }

    @Test
    void shouldAskForNoMoreTokensThanAreHeldFor() throws Exception {
        HttpResponse<String> answer = post(
                "/v1/chat/completions",
                "says-no-number",
                "{\"model\":\"paid\",\"messages\":[{\"role\":\"user\",\"content\":\"pay\"}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode asked = Http.JSON.readTree(simulator.body(lastCall().seq()).orElseThrow());
        assertThat(asked.path("max_completion_tokens").asInt()
                        + asked.path("max_tokens").asInt())
                .isBetween(TOKENS, 50);
    }

    @Test
    void shouldTakeTheNextHopWhereTheFirstDoesNotFit() throws Exception {
        HttpResponse<String> answer = ask("fits-the-cheap", "dear-first");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Http.header(answer, "x-laneway-fallbacks")).isEqualTo("1");
        assertThat(Http.header(answer, "x-laneway-attempts")).isEqualTo("1");
    }

    @Test
    void shouldNotCallAModelWithoutAPriceForABudget() throws Exception {
        HttpResponse<String> refused = ask("asks-unpriced", "unpriced");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Http.json(refused).at("/error/code").asText()).isEqualTo("unpriced");
    }

    @Test
    void shouldRefuseASearchThatNobodyLimitsInAnthropicsWords() throws Exception {
        HttpResponse<String> refused = post("/v1/messages", "searches", search("search: 1", ""));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Http.json(refused).at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(Http.json(refused).at("/error/message").asText()).contains("max_uses");
    }

    @Test
    void shouldRefuseAToolWithoutAPriceInOpenAisWords() throws Exception {
        HttpResponse<String> refused = post("/v1/responses", "searches", offering("image_generation"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Http.json(refused).at("/error/code").asText()).isEqualTo("unbounded_cost");
        assertThat(Http.json(refused).at("/error/message").asText()).contains("no price is known");
    }

    @Test
    void shouldLimitSearchesWhereTheClientOfResponsesDoesNot() throws Exception {
        HttpResponse<String> answer = post("/v1/responses", "searches", offering("web_search"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Http.json(answer).path("max_tool_calls").asInt()).isEqualTo(4);
    }

    private static String offering(String tool) {
        return "{\"model\":\"responds\",\"max_output_tokens\":16,\"tools\":[{\"type\":\"" + tool
                + "\"}],\"input\":\"hi\"}";
    }

    @Test
    void shouldHoldAndSpendTheFeeOfASearch() throws Exception {
        HttpResponse<String> paid = post("/v1/messages", "one-search", search("search: 1", ",\"max_uses\":1"));

        assertThat(paid.statusCode()).as(paid.body()).isEqualTo(200);
        assertThat(lastCall().usage().beside().searches()).isEqualTo(1);
        HttpResponse<String> second = post("/v1/messages", "one-search", search("search: 1", ",\"max_uses\":1"));
        assertThat(second.statusCode()).isEqualTo(429);
    }

    private static String search(String words, String limit) {
        return "{\"model\":\"searches\",\"max_tokens\":16,\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\""
                + limit + "}],\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}";
    }

    @Test
    void shouldKnowWhatIsSpentAfterRedisForgot() throws Exception {
        spend("keeps", 2);
        redis("FLUSHALL");

        await().atMost(PATIENCE).until(() -> ask("keeps", "paid").statusCode() == 200);
        spend("keeps", 2);

        assertThat(ask("keeps", "paid").statusCode()).isEqualTo(429);
    }

    @Test
    void shouldHoldAProviderToItsBudgetByWhateverApiItIsCalled() throws Exception {
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = ask("has-enough", "by-another-api");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        HttpResponse<String> refused = ask("has-enough", "by-another-api");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(Http.json(refused).at("/error/message").asText()).contains("provider 'groq'");
        redis("FLUSHALL"); // then by what the ledger has
        await().atMost(PATIENCE).until(() -> ask("has-enough", "by-another-api").statusCode() == 429);
        assertThat(ask("has-enough", "by-another-api").statusCode()).isEqualTo(429);
    }

    @Test
    void shouldLetNothingPassThatNobodyCounts() throws Exception {
        spend("waits", 1);
        redis.set(Mode.RESET);

        HttpResponse<String> refused = ask("waits", "paid");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Http.json(refused).at("/error/code").asText()).isEqualTo("budgets_away");
        assertThat(Http.header(refused, "retry-after")).isNotEmpty();
        redis.set(Mode.PASS);
        await().atMost(PATIENCE).until(() -> ask("waits", "paid").statusCode() == 200);
    }
}

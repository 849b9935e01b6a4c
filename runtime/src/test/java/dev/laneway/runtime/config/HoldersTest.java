package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.WhenAway;
import dev.laneway.runtime.control.Directory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file says of limits and budgets, in all its spellings, ends in the terms of holders. */
class HoldersTest {
    private static final String MODELS = """
            model_list:
              - {model_name: a, litellm_params: {model: openai/a}}
              - {model_name: b, litellm_params: {model: anthropic/b}}
            """;
    private static final String KEY = "key: sk-0123456789abcdef, name: x";

    @Test
    void shouldReadEverythingThatAKeyMayHave() {
        Terms terms = keyTerms("""
                {key: sk-0123456789abcdef, name: x, models: [a], lanes: [routine], tools: [search], denied_tools: [shell],
                 networks: [10.0.0.0/8, "::1"], rpm_limit: 1, tpm_limit: 2, rph_limit: 3, tph_limit: 4,
                 max_parallel_requests: 5, max_tokens_per_request: 6, max_cost_per_request: 0.5, when_away: closed,
                 budgets: [{name: day, limit: 1.25, period: 1d, time_zone: Europe/Berlin, thresholds: [90, 50]},
                           {name: all, limit: 100}]}
                """);

        assertThat(terms)
                .isEqualTo(new Terms(
                        List.of("a"),
                        List.of("routine"),
                        List.of("search"),
                        List.of("shell"),
                        List.of("10.0.0.0/8", "::1"),
                        new RateLimits(1, 2, 3, 4, 5, 6),
                        List.of(
                                new Budget(
                                        "day",
                                        Money.ofDollars("1.25"),
                                        BudgetPeriod.of("1d"),
                                        "Europe/Berlin",
                                        List.of(50, 90)),
                                new Budget("all", Money.ofDollars("100"), BudgetPeriod.TOTAL, null, List.of())),
                        Money.ofDollars("0.5"),
                        WhenAway.CLOSED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate_limit: 60 | 60, 0, 0, 0, 0, 0",
                "rate_limits: 60/minute | 60, 0, 0, 0, 0, 0",
                "rate_limit: 1000 per hour | 0, 0, 1000, 0, 0, 0",
                "rate_limit: {requests_per_minute: 6, tokens_per_hour: 9} | 6, 0, 0, 9, 0, 0",
                "rate_limit: {enabled: false, requests_per_minute: 6}, tpm: 2 | 0, 2, 0, 0, 0, 0",
                "rpm: 7, tokens_per_minute: 8, max_parallel_requests: 2 | 7, 8, 0, 0, 2, 0",
            })
    void shouldReadLimits(String said, String meant) {
        List<Long> n = List.of(meant.split(", ")).stream()
                .map(each -> Long.valueOf(each.strip()))
                .toList();

        Terms terms = keyTerms("{" + KEY + ", " + said + "}");

        assertThat(terms.limits())
                .isEqualTo(new RateLimits(
                        n.get(0), n.get(1), n.get(2), n.get(3), n.get(4).intValue(), n.get(5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "budget: 100, budget_reset_frequency: monthly | 100 | 1mo",
                "max_budget: 0.25, budget_duration: 30d | 0.25 | 1mo",
                "budget_limit: 5 | 5 | total",
                "budget: {limit: 7, period: weekly} | 7 | 1w",
                "max_budget: 0, budget_duration: 1h | 0 | 1h",
                "budget: 3, budget_reset_frequency: never | 3 | total",
            })
    void shouldReadABudget(String said, String dollars, String period) {
        Terms terms = keyTerms("{" + KEY + ", " + said + "}");

        assertThat(terms.budgets()).containsExactly(Budget.of(Money.ofDollars(dollars), BudgetPeriod.of(period)));
    }

    @Test
    void shouldGatherTheTermsOfEverythingElse() {
        GatewayConfig config = Configs.valid("""
                        model_list:
                          - model_name: a
                            litellm_params: {model: openai/a, max_budget: 3, budget_duration: 1d}
                            rate_limit: 30
                          - {model_name: b, litellm_params: {model: anthropic/b}}
                        rate_limit: {requests_per_minute: 600, tokens_per_minute: 200000, per_key: {requests_per_minute: 60}}
                        router_settings:
                          max_cost_per_request: 0.5
                          default_max_parallel_requests: 9
                          provider_budget_config: {openai: {budget_limit: 100, time_period: 1d}}
                        litellm_settings:
                          max_budget: 50
                          budget_duration: 30d
                          tag_budget_config: {"product:chat": {max_budget: 10, budget_duration: 1d}}
                          default_key_generate_params: {tpm_limit: 1000}
                        general_settings: {global_max_parallel_requests: 40, allowed_ips: [127.0.0.1]}
                        holders: [{scope: model, id: b, rpm_limit: 5}]
                        """).config();

        String deployment = config.groups().get("a").deployments().getFirst();
        assertThat(config.holders())
                .containsExactlyInAnyOrder(
                        new Holder(
                                Scope.GLOBAL,
                                Scope.ALL,
                                new Terms(
                                        null,
                                        null,
                                        null,
                                        List.of(),
                                        List.of("127.0.0.1"),
                                        new RateLimits(600, 200_000, 0, 0, 40, 0),
                                        List.of(budget("50", "1mo")),
                                        Money.ofDollars("0.5"),
                                        null)),
                        new Holder(Scope.KEY, "*", Terms.limited(new RateLimits(60, 1000, 0, 0, 0, 0))),
                        new Holder(Scope.PROVIDER, "openai", Terms.budgeted(budget("100", "1d"))),
                        new Holder(Scope.MODEL, "b", Terms.limited(new RateLimits(5, 0, 0, 0, 0, 0))),
                        new Holder(Scope.TAG, "product:chat", Terms.budgeted(budget("10", "1d"))),
                        new Holder(Scope.MODEL, "a", Terms.limited(new RateLimits(30, 0, 0, 0, 0, 0))),
                        new Holder(Scope.DEPLOYMENT, deployment, Terms.budgeted(budget("3", "1d"))));
        assertThat(config.deployments().values())
                .extracting(Deployment::maxParallel)
                .containsOnly(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optional_pre_call_checks: [enforce_model_rate_limits]",
                "optional_pre_call_checks: [prompt_caching, enforce_model_rate_limits]",
                "enable_pre_call_checks: true",
                "routing_strategy: usage-based-routing",
                "routing_strategy: usage-based-routing-v2",
            })
    void shouldTakeRatesForLimitsWhereLiteLlmWould(String setting) {
        ConfigResult.Valid valid = Configs.valid("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a, rpm: 60, tpm: 9000, max_budget: 3}}
                  - {model_name: a, litellm_params: {model: anthropic/b, rpm: 30}}
                router_settings: {%s}
                """.formatted(setting));

        GatewayConfig config = valid.config();

        List<String> ids = config.groups().get("a").deployments();
        assertThat(config.holders())
                .containsExactlyInAnyOrder(
                        new Holder(
                                Scope.DEPLOYMENT,
                                ids.getFirst(),
                                Terms.budgeted(budget("3", "total"))
                                        .filledFrom(Terms.limited(new RateLimits(60, 9_000, 0, 0, 0, 0)))),
                        new Holder(Scope.DEPLOYMENT, ids.getLast(), Terms.limited(new RateLimits(30, 0, 0, 0, 0, 0))));
        assertThat(Configs.valid(valid.publishableText()).config()).isEqualTo(config);
    }

    @Test
    void shouldShareLoadByRatesWhereNothingMakesThemLimits() {
        GatewayConfig config = Configs.valid("""
                model_list: [{model_name: a, litellm_params: {model: openai/a, rpm: 60, tpm: 9000}}]
                router_settings: {optional_pre_call_checks: [router_budget_limiting]}
                """).config();

        assertThat(config.holders()).isEmpty();
    }

    @Test
    void shouldShareLoadByLargeRatesInTheirProportion() {
        ConfigResult.Valid valid = Configs.valid("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a, tpm: 240000}}
                  - {model_name: a, litellm_params: {model: openai/b, tpm: 80001}}
                """);

        List<Integer> weights = valid.config().groups().get("a").deployments().stream()
                .map(id -> valid.config().deployments().get(id).weight())
                .toList();
        assertThat((double) weights.getFirst() / weights.getLast()).isBetween(2.9, 3.0);
        assertThat(Configs.valid(valid.publishableText()).config()).isEqualTo(valid.config());
    }

    @Test
    void shouldGiveADeploymentWhatHoldersSayOfItByItsName() {
        ConfigResult.Valid valid = Configs.valid("""
                model_list:
                  - {model_name: a, litellm_params: {model: openai/a, tpm: 9000}, model_info: {id: one}}
                  - {model_name: a, litellm_params: {model: openai/b}}
                router_settings: {optional_pre_call_checks: [enforce_model_rate_limits]}
                holders: [{scope: deployment, id: one, rpm_limit: 5, max_parallel_requests: 2, when_away: closed}]
                """);

        String id = valid.config().groups().get("a").deployments().getFirst();
        assertThat(valid.config().holders())
                .containsExactly(new Holder(
                        Scope.DEPLOYMENT,
                        id,
                        new Terms(
                                null,
                                null,
                                null,
                                List.of(),
                                null,
                                new RateLimits(5, 9_000, 0, 0, 2, 0),
                                List.of(),
                                null,
                                WhenAway.CLOSED)));
        assertThat(Configs.valid(valid.publishableText()).config()).isEqualTo(valid.config());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rpm: 60 | holders: [{scope: deployment, id: one, rpm_limit: 5}] | are said again",
                "rpm: 0.5 | lanes: {routine: {}} | lets no call through",
            })
    void shouldRefuseRatesThatAreNoLimits(String rate, String more, String problem) {
        List<String> errors = Configs.errors("""
                model_list: [{model_name: a, litellm_params: {model: openai/a, %s}, model_info: {id: one}}]
                router_settings: {optional_pre_call_checks: [enforce_model_rate_limits]}
                %s
                """.formatted(rate, more));

        assertThat(errors).singleElement().asString().contains(problem);
    }

    @Test
    void shouldMeanTheSameWhenPublished() {
        ConfigResult.Valid valid = Configs.valid("""
                model_list: [{model_name: a, rate_limit: 9, litellm_params: {model: openai/a, max_budget: 3, budget_duration: 1d}}]
                rate_limit: {requests_per_minute: 600, per_key: 60/minute}
                general_settings: {max_parallel_requests: 3, trusted_proxy_ranges: [10.0.0.0/8]}
                holders: [{scope: tag, id: t, budgets: [{limit: 1000, period: 3d, time_zone: UTC, thresholds: [80]}], tools: []}]
                api_keys: [{%s, networks: [10.0.0.0/8], tph_limit: 5, budget: 0.000001, when_away: open}]
                """.formatted(KEY));

        ConfigResult again = Configs.read(valid.publishableText(), Map.of());

        assertThat(again)
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        same -> assertThat(same.config()).isEqualTo(valid.config()));
    }

    @Test
    void shouldGiveEachKeyWhatItLeavesUnsaid() {
        Directory directory = new Directory();
        directory.put(Configs.valid(MODELS + """
                rate_limit: {per_key: {requests_per_minute: 60, tokens_per_minute: 9}}
                api_keys: [{%s, rpm_limit: 5}]
                """.formatted(KEY)).config());

        assertThat(directory.terms(Scope.KEY, "x").limits()).isEqualTo(new RateLimits(5, 9, 0, 0, 0, 0));
        assertThat(directory.terms(Scope.KEY, "other").limits()).isEqualTo(new RateLimits(60, 9, 0, 0, 0, 0));
        assertThat(directory.terms(Scope.KEY, "master")).isEqualTo(Terms.NONE);
    }

    @Test
    void shouldListNoHolderWhoseTermsTheTopicHasTakenAway() {
        Directory directory = new Directory();
        directory.put(Configs.valid(MODELS + "holders: [{scope: tag, id: night, rpm_limit: 1}]\n")
                .config());
        List<Holder> before = directory.holders();

        directory.put(new Control.Purse(1, Scope.TAG, "night", Terms.NONE, false, null));

        assertThat(before).extracting(Holder::id).containsExactly("night");
        assertThat(directory.holders()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"litellm_settings: {max_budget: 0}", "general_settings: {max_budget: 0, budget_duration: 1d}"})
    void shouldTakeNothingForNoBudgetOfEverything(String text) {
        assertThat(Configs.valid(MODELS + text).config().holders()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api_keys: [{K, rpm_limit: 0}] | :4: api_keys[0].rpm_limit: is out of range",
                "api_keys: [{K, rate_limit: often}] | :4: api_keys[0].rate_limit: is no rate: write such as 60",
                "api_keys: [{K, rate_limit: 5, rpm: 6}] | :4: api_keys[0].rate_limit: says again",
                "api_keys: [{K, budget: -1}] | :4: api_keys[0].budget: is out of range",
                "api_keys: [{K, budget: 1, max_budget: 2}] | :4: api_keys[0].max_budget: says again",
                "api_keys: [{K, budget: 1, budget_duration: soon}] | :4: api_keys[0].budget_duration: is no period: write daily",
                "api_keys: [{K, budgets: [{period: 1d}]}] | :4: api_keys[0].budgets[0]: says no limit",
                "api_keys: [{K, budgets: [{limit: 1}, {limit: 2}]}] | is another budget of that name",
                "api_keys: [{K, budgets: [{limit: 1, time_zone: Here/There}]}] | is no time zone",
                "api_keys: [{K, budgets: [{limit: 1, thresholds: [0]}]}] | is no percent",
                "api_keys: [{K, networks: [10.0.0.0/33]}] | :4: api_keys[0].networks[0]: is no network",
                "api_keys: [{K, networks: [localhost]}] | is no network",
                "api_keys: [{K, lanes: [routin]}] | there is no lane routin: did you mean routine?",
                "api_keys: [{K, when_away: maybe}] | is neither open nor closed",
                "api_keys: [{K, rate_limit: {per_user: 5}}] | can't be enforced by this version",
                "holders: [{scope: planet, id: x, rpm_limit: 1}] | :4: holders[0].scope: is no scope",
                "holders: [{scope: tag, rpm_limit: 1}] | :4: holders[0].id: says no tag",
                "holders: [{scope: key, id: x, rpm_limit: 1}] | is not every key",
                "holders: [{scope: provider, id: openai, lanes: [routine]}] | can't be enforced by this version: other terms of a provider",
                "holders: [{scope: deployment, id: one, max_tokens_per_request: 5}] | can't be enforced by this version: other terms of a deployment",
                "router_settings: {model_group_alias: {cheap: a}}, holders: [{scope: model, id: cheap, budgets: [{limit: 1}]}] | :5: holders[0].id: can't be enforced by this version: money of cheap, which is no model_name: calls cost the model_name that they go to, first a",
                "router_settings: {model_group_alias: {cheap: a}}, holders: [{scope: model, id: cheap, max_cost_per_request: 1}] | money of cheap, which is no model_name",
                "lanes: {premium: {privacy: cloud_allowed}}, routes: {smart: {lane: premium, chain: [b, a]}}, holders: [{scope: model, id: smart, budget: 1}] | money of smart, which is no model_name: calls cost the model_name that they go to, first b",
                "router_settings: {provider_budget_config: {hosted_vllm: {max_budget: 1}}}, holders: [{scope: provider, id: vllm, budget: 2}] | :4: router_settings.provider_budget_config.hosted_vllm: the limits or budget of provider hosted_vllm are said again",
                "general_settings: {trusted_proxy_ranges: [proxy.example]} | trusted_proxy_ranges[0]: is no network",
                "litellm_settings: {max_budget: 5}, general_settings: {max_budget: 6} | is another budget of that name",
            })
    void shouldRefuse(String said, String problem) {
        String text = MODELS + said.replaceAll("}, ([a-z_]+: [{\\[])", "}\n$1").replace("K,", KEY + ",");

        List<String> errors = Configs.errors(text);

        assertThat(errors).singleElement().asString().contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api_keys: [{K, budget_duration: 1d}] | there is no budget that it resets",
                "holders: [{scope: model, id: aa, rpm_limit: 1}] | there is no model aa whose limits these would be",
                "holders: [{scope: model, id: aa, budget: 1}] | :4: holders[0].id: there is no model aa whose limits these would be",
                "router_settings: {provider_budget_config: {nobody: {max_budget: 1}}} | :4: router_settings.provider_budget_config.nobody: there is no provider nobody",
                "holders: [{scope: deployment, id: nobody, rpm_limit: 1}] | there is no deployment nobody whose limits these would be",
                "holders: [{scope: tag, id: t, rpm_limitt: 1}] | holders[0].rpm_limitt: unknown key, nothing is done with it: did you mean rpm_limit?",
            })
    void shouldWarn(String said, String warning) {
        assertThat(Configs.warnings(MODELS + said.replace("K,", KEY + ","))).anyMatch(each -> each.contains(warning));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "router_settings: {model_group_alias: {cheap: a}}\nholders: [{scope: model, id: cheap, rpm_limit: 1}]",
                "holders: [{scope: model, id: wild/gpt-4o, rpm_limit: 1}]",
                "holders: [{scope: model, id: wild/*, budget: 1}]",
                "router_settings: {model_group_alias: {cheap: wild/gpt-4o}}\nholders: [{scope: model, id: wild/gpt-4o, budget: 1}]",
            })
    void shouldSayNothingOfLimitsThatAreKeptTo(String said) {
        String wild = "  - {model_name: wild/*, litellm_params: {model: openai/*}}\n";

        assertThat(Configs.warnings(MODELS + wild + said)).noneMatch(warning -> warning.contains("holders"));
    }

    @Test
    void shouldKnowAProviderByAnyOfItsNames() {
        GatewayConfig config = Configs.valid(MODELS + "holders: [{scope: provider, id: vllm, rpm_limit: 2}]\n")
                .config();

        assertThat(config.holders())
                .containsExactly(
                        new Holder(Scope.PROVIDER, "hosted_vllm", Terms.limited(new RateLimits(2, 0, 0, 0, 0, 0))));
    }

    private static Terms keyTerms(String entry) {
        return Configs.valid(MODELS + "api_keys: [" + entry + "]\n")
                .config()
                .keys()
                .getFirst()
                .terms();
    }

    private static Budget budget(String dollars, String period) {
        return Budget.of(Money.ofDollars(dollars), BudgetPeriod.of(period));
    }
}

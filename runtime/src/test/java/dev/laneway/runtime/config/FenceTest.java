package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Zone;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FenceTest {
    private static final String MODELS = """
            model_list:
              - {model_name: home, litellm_params: {model: ollama/llama3.2}}
              - {model_name: small, litellm_params: {model: ollama/phi3}}
              - {model_name: claude, litellm_params: {model: anthropic/claude-sonnet-4-5}}
              - {model_name: mixed, litellm_params: {model: ollama/llama3.2}}
              - {model_name: mixed, litellm_params: {model: openai/gpt-4o-mini}}
            """;

    @Test
    void shouldRefuseAPrivateRouteWithACloudHopAndNameTheWay() {
        List<String> errors = Configs.errors(MODELS + """
                lanes: {private: {privacy: local_only}}
                routes:
                  secure: {lane: private, chain: [home, claude]}
                """);

        assertThat(errors)
                .containsExactly("config.yaml:9: routes.secure.chain[1]: would leave the network, but lane private is"
                        + " local_only: route secure -> claude (chain, line 9) -> anthropic/claude-sonnet-4-5 (cloud, line 4):"
                        + " take claude out of that way, or move the route to a lane that allows the cloud");
    }

    @Test
    void shouldRefuseAGroupWithOneCloudDeploymentAmongLocalOnes() {
        List<String> errors = Configs.errors(MODELS + """
                routes:
                  secure: {lane: private, chain: [mixed]}
                """);

        assertThat(errors).singleElement().asString().contains("mixed", "openai/gpt-4o-mini (cloud, line 6)");
    }

    @Test
    void shouldRefuseAnAliasThatLeadsOut() {
        List<String> errors = Configs.errors(MODELS + """
                routes:
                  secure: {lane: private, chain: [fast]}
                router_settings: {model_group_alias: {fast: faster, faster: claude}}
                """);

        assertThat(errors)
                .singleElement()
                .asString()
                .contains("route secure -> fast (chain, line 8) -> faster -> claude (alias) -> anthropic/");
    }

    @Test
    void shouldRefuseAnAliasThatHidesALocalGroupOfTheSameName() {
        List<String> errors = Configs.errors(MODELS + """
                routes:
                  secure: {lane: private, chain: [home]}
                router_settings: {model_group_alias: {home: claude}}
                """);

        assertThat(errors).singleElement().asString().contains("home (chain, line 8) -> claude (alias)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "gpt-*"})
    void shouldRefuseANameThatOnlyACloudPatternStandsFor(String pattern) {
        List<String> errors = Configs.errors(MODELS + """
                  - {model_name: "%s", litellm_params: {model: openai/*}}
                routes:
                  secure: {lane: private, chain: [gpt-4o]}
                """.formatted(pattern));

        assertThat(errors).singleElement().asString().contains("gpt-4o (chain, line 9)", "(cloud, line 7)");
    }

    @Test
    void shouldRefuseAMisspeltModelThatFallsToACloudPattern() {
        List<String> errors = Configs.errors(MODELS + """
                  - {model_name: "*", litellm_params: {model: openai/*}}
                routes:
                  secure: {lane: private, chain: [hame]}
                """);

        assertThat(errors).singleElement().asString().contains("would leave the network");
    }

    @Test
    void shouldRefuseACloudModelOfALocalPattern() {
        List<String> errors = Configs.errors(MODELS + """
                  - {model_name: "ollama/*", litellm_params: {model: ollama/*}}
                routes:
                  secure: {lane: private, chain: ["ollama/gpt-oss:120b-cloud"]}
                """);

        assertThat(errors).singleElement().asString().contains("ollama/gpt-oss:120b-cloud", "would leave the network");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "router_settings: {fallbacks: [{home: [claude]}]}",
                "litellm_settings: {fallbacks: [{home: [claude]}]}",
                "router_settings: {fallbacks: {home: [claude]}}",
                "router_settings: {fallbacks: [{secure: [claude]}]}",
                "router_settings: {fallbacks: [{'*': [claude]}]}",
                "router_settings: {default_fallbacks: [claude]}",
                "litellm_settings: {default_fallbacks: [claude]}",
                "router_settings: {context_window_fallbacks: [{home: [claude]}]}",
                "litellm_settings: {context_window_fallbacks: [{home: [claude]}]}",
                "router_settings: {content_policy_fallbacks: [{home: [claude]}]}",
                "litellm_settings: {content_policy_fallbacks: [{home: [claude]}]}",
                "fallback_routes: [{model: home, fallbacks: [claude]}]",
                "litellm_settings: {fallback_routes: {home: claude}}",
                "general_settings: {fallback_routes: {home: claude}}",
                "router_settings: {fallbacks: [{home: [small]}, {small: [claude]}]}",
                "router_settings: {fallbacks: [{home: [small]}]}\nlitellm_settings: {context_window_fallbacks: [{small: [claude]}]}",
                "router_settings: {fallbacks: [{home: [quick]}], model_group_alias: {quick: claude}}",
                "router_settings: {fallbacks: [{quick: [claude]}], model_group_alias: {home: quick, quick: small}}",
            })
    void shouldRefuseEveryFallbackThatLeadsOut(String settings) {
        List<String> errors = Configs.errors(MODELS + """
                routes:
                  secure: {lane: private, chain: [home]}
                """ + settings);

        assertThat(errors)
                .singleElement()
                .asString()
                .contains("would leave the network", "route secure", "claude", "anthropic/claude-sonnet-4-5 (cloud")
                .contains("fallback");
    }

    @Test
    void shouldRefuseTheFallbackOfAnEntry() {
        List<String> errors = Configs.errors("""
                model_list:
                  - {model_name: home, litellm_params: {model: ollama/llama3.2}, fallback_routes: [claude]}
                  - {model_name: claude, litellm_params: {model: anthropic/claude-sonnet-4-5}}
                routes:
                  secure: {lane: private, chain: [home]}
                """);

        assertThat(errors)
                .singleElement()
                .asString()
                .startsWith("config.yaml:2: ")
                .contains("would leave the network");
    }

    @Test
    void shouldRefuseACloudDeploymentThatIsOutOfService() {
        List<String> errors = Configs.errors("""
                model_list:
                  - {model_name: home, litellm_params: {model: ollama/llama3.2}}
                  - {model_name: home, litellm_params: {model: bedrock/some.model}}
                  - {model_name: home, litellm_params: {model: ollama/x, api_base: os.environ/NOT_SET}}
                routes:
                  secure: {lane: private, chain: [home]}
                """);

        assertThat(errors).singleElement().asString().contains("bedrock/some.model (cloud");
    }

    @Test
    void shouldFollowNoFallbackOfARouteThatForbidsIt() {
        ConfigResult.Valid valid = Configs.valid(MODELS + """
                routes:
                  secure: {lane: private, chain: [home], fallback: never}
                router_settings: {fallbacks: [{home: [claude]}], default_fallbacks: [claude]}
                """);

        assertThat(valid.config().routes().get("secure").chain())
                .extracting(ChainHop::name)
                .containsExactly("home");
    }

    @Test
    void shouldRefuseACloudHopEvenWhereFallbackIsForbidden() {
        List<String> errors = Configs.errors(MODELS + """
                routes:
                  secure: {lane: private, chain: [home, claude], fallback: never}
                """);

        assertThat(errors).singleElement().asString().contains("would leave the network");
    }

    @Test
    void shouldTreatALaneWithoutARuleAsLocalOnly() {
        List<String> errors = Configs.errors(MODELS + """
                lanes: {premium: {weight: 3}, mine: }
                routes:
                  a: {lane: premium, chain: [claude]}
                  b: {lane: mine, chain: [claude]}
                  c: {lane: web, chain: [claude]}
                """);

        assertThat(errors).hasSize(3).allMatch(error -> error.contains("is local_only"));
    }

    @Test
    void shouldLeaveTheNetworkOnlyForWhatALaneApproves() {
        String lanes = MODELS + """
                  - {model_name: gpt, litellm_params: {model: openai/gpt-4o-mini}}
                lanes: {routine: {privacy: local_first, approved: [claude]}}
                routes:
                """;

        List<String> errors = Configs.errors(lanes + "  a: {lane: routine, chain: [home, gpt]}\n");
        ConfigResult.Valid valid = Configs.valid(lanes + "  a: {lane: routine, chain: [home, claude]}\n");

        assertThat(errors)
                .singleElement()
                .asString()
                .contains("for what is not approved", "add gpt to lanes.routine.approved");
        assertThat(valid.config().routes().get("a").zone()).isEqualTo(Zone.CLOUD);
        assertThat(Configs.of(valid, Severity.WARNING))
                .anyMatch(warning -> warning.contains("this fallback leaves the network: route a -> claude"));
    }

    @Test
    void shouldWarnWhereAllowedWorkLeavesTheNetworkByAFallback() {
        List<String> warnings = Configs.warnings(MODELS + "router_settings: {default_fallbacks: [claude]}");

        assertThat(warnings)
                .anyMatch(
                        warning -> warning.contains(
                                "this fallback leaves the network: home begins at home and goes on to claude (default_fallbacks)"))
                .noneMatch(warning -> warning.contains("mixed begins"));
    }

    @Test
    void shouldApproveOneDeploymentOfAGroupOrAPatternByName() {
        String text = """
                model_list:
                  - {model_name: home, litellm_params: {model: ollama/llama3.2}}
                  - {model_name: pair, litellm_params: {model: openai/a}, model_info: {id: pair-1}}
                  - {model_name: pair, litellm_params: {model: openai/b}, model_info: {id: pair-2}}
                  - {model_name: "openai/*", litellm_params: {model: "openai/*"}}
                lanes: {routine: {privacy: local_first, approved: [pair-1, "openai/*"]}}
                routes:
                  r: {lane: routine, chain: [home, %s]}
                """;

        GatewayConfig single = Configs.valid(text.formatted("pair-1")).config();
        GatewayConfig pattern = Configs.valid(text.formatted("openai/gpt-4o")).config();

        assertThat(single.routes().get("r").chain().get(1).deployments()).hasSize(1);
        assertThat(ConfigLoaderTest.only(single, "pair-1").vendorModel()).isEqualTo("a");
        assertThat(ConfigLoaderTest.only(pattern, "openai/gpt-4o").vendorModel())
                .isEqualTo("gpt-4o");
        assertThat(Configs.errors(text.formatted("pair-2"))).hasSize(1);
        assertThat(Configs.errors(text.formatted("pair"))).hasSize(1);
    }

    @Test
    void shouldWarnWhereALocalFirstRouteBeginsInTheCloud() {
        List<String> warnings = Configs.warnings(MODELS + """
                lanes: {routine: {privacy: local_first, approved: [claude]}}
                routes:
                  a: {lane: routine, chain: [claude]}
                """);

        assertThat(warnings).anyMatch(warning -> warning.contains("its first hop claude may be outside the network"));
    }

    @Test
    void shouldLetARouteOnlyNarrowItsLane() {
        List<String> errors = Configs.errors(MODELS + """
                lanes: {routine: {privacy: local_first, approved: [claude]}, premium: {privacy: cloud_allowed}}
                routes:
                  a: {lane: routine, chain: [home], privacy: cloud_allowed}
                  b: {lane: routine, chain: [home], approved: [mixed]}
                  c: {lane: premium, chain: [claude], privacy: local_only}
                """);

        assertThat(errors)
                .satisfiesExactly(
                        a -> assertThat(a).contains(":9: routes.a.privacy: cloud_allowed is wider than lane routine"),
                        b -> assertThat(b).contains(":10: routes.b.approved: lane routine doesn't approve mixed"),
                        c -> assertThat(c).contains(":11: ", "the route is local_only", "route c -> claude"));
    }

    @Test
    void shouldRefuseApprovalsOutsideLocalFirst() {
        List<String> errors = Configs.errors(MODELS + """
                lanes:
                  private: {approved: [claude]}
                  premium: {privacy: cloud_allowed, approved: [claude]}
                routes:
                  a: {lane: private, chain: [home]}
                """);

        assertThat(errors).hasSize(2).allMatch(error -> error.contains("approved: means nothing where privacy is"));
    }

    @Test
    void shouldRefuseARegionThatTheLaneDoesNotAllow() {
        List<String> errors = Configs.errors("""
                model_list:
                  - {model_name: eu, litellm_params: {model: openai/gpt-4o}, model_info: {region: eu}}
                  - {model_name: us, litellm_params: {model: openai/gpt-4o}, model_info: {region: us}}
                  - {model_name: unsaid, litellm_params: {model: openai/gpt-4o}}
                lanes: {premium: {privacy: cloud_allowed, regions: [eu]}}
                routes:
                  a: {lane: premium, chain: [eu, us, unsaid]}
                """);

        assertThat(errors)
                .satisfiesExactly(
                        us -> assertThat(us).contains("is in region us, but lane premium allows eu"),
                        unsaid -> assertThat(unsaid).contains("says no region"));
    }

    @Test
    void shouldTakeSpecialFallbacksOnlyAfterTheirFailure() {
        GatewayConfig config = Configs.valid(MODELS + """
                router_settings:
                  fallbacks: [{home: [small]}]
                  context_window_fallbacks: [{home: [claude]}]
                  content_policy_fallbacks: [{home: [mixed]}]
                """).config();

        List<ChainHop> chain = config.routes().get("home").chain();

        assertThat(chain).extracting(ChainHop::name).containsExactly("home", "claude", "mixed", "small");
        assertThat(chain.get(1).origin().follows(FailureKind.CONTEXT_WINDOW)).isTrue();
        assertThat(chain.get(1).origin().follows(FailureKind.TIMEOUT)).isFalse();
        assertThat(chain.get(3).origin().follows(FailureKind.TIMEOUT)).isTrue();
    }
}

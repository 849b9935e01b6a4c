package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackRoutesTest {
    private static final String MODELS = """
            model_list:
              - {model_name: big, litellm_params: {model: openai/big}}
              - {model_name: small, litellm_params: {model: openai/small}}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fallback_routes: [{model: always-on, fallbacks: [big, small]}]",
                "fallback_routes: [{name: always-on, models: [big, small]}]",
                "fallback_routes: {always-on: [big, small]}",
                "fallback_routes: [{always-on: [big, small]}]",
                "router_settings: {fallback_routes: [{route: always-on, chain: [big, small]}]}",
            })
    void shouldBeRoutesBesideTheModels(String routes) {
        GatewayConfig config = Configs.valid(MODELS + routes + "\n").config();

        assertThat(config.routes()).containsOnlyKeys("big", "small", "always-on");
        assertThat(names(config, "always-on")).containsExactly("big", "small");
        assertThat(config.routes().get("always-on").visible()).isTrue();
        assertThat(names(config, "big")).containsExactly("big");
    }

    @Test
    void shouldBeFallbacksOfAModelOfThatName() {
        GatewayConfig config = Configs.valid(MODELS + "fallback_routes: [{model: big, fallbacks: [small]}]\n")
                .config();

        assertThat(config.routes()).containsOnlyKeys("big", "small");
        assertThat(names(config, "big")).containsExactly("big", "small");
    }

    @Test
    void shouldBeHiddenByRoutes() {
        ConfigResult.Valid valid = Configs.valid(MODELS + """
                lanes: {premium: {privacy: cloud_allowed}}
                routes: {mine: {lane: premium, chain: [big]}}
                fallback_routes: {always-on: [big, small]}
                """);

        assertThat(valid.config().routes()).containsOnlyKeys("mine");
        assertThat(Configs.of(valid, Severity.WARNING))
                .anyMatch(warning -> warning.contains("there is no model always-on to fall back from"));
    }

    @Test
    void shouldMeanTheSameWhenPublished() {
        ConfigResult.Valid valid = Configs.valid(MODELS + "fallback_routes: {always-on: [big, small], big: [small]}\n");

        ConfigResult again = Configs.read(valid.publishableText(), Map.of());

        assertThat(again)
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        same -> assertThat(same.config()).isEqualTo(valid.config()));
    }

    @Test
    void shouldSayWhatOfARouteIsNotDone() {
        List<String> warnings = Configs.warnings(MODELS
                + "fallback_routes: [{model: always-on, fallbacks: [big], conditions: [timeout], colour: red}]\n");

        assertThat(warnings)
                .anyMatch(w -> w.contains("conditions: not supported: every failure is followed"))
                .anyMatch(w -> w.contains("colour: unknown key"));
    }

    @Test
    void shouldBeJudgedByTheFence() {
        List<String> errors = Configs.errors(MODELS + "lanes: {routine: {}}\nfallback_routes: {always-on: [big]}\n");

        assertThat(errors).anyMatch(error -> error.contains("always-on") && error.contains("would leave the network"));
    }

    private static List<String> names(GatewayConfig config, String route) {
        return config.routes().get(route).chain().stream().map(ChainHop::name).toList();
    }
}

package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

class ContinueStreamsTest {
    private static final String MODELS = """
            model_list:
              - {model_name: claude, litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY}}
            """;
    private static final String LANES = "lanes: {premium: {privacy: cloud_allowed}}\n";

    @Test
    void shouldContinueOnlyStreamsOfRoutesThatSaySo() {
        GatewayConfig config = Configs.valid(MODELS + LANES + """
                routes:
                  told: {lane: premium, chain: [claude], continue_streams: true}
                  untold: {lane: premium, chain: [claude]}
                """).config();

        assertThat(config.routes().values())
                .extracting(Route::name, Route::continueStreams)
                .containsExactlyInAnyOrder(tuple("told", true), tuple("untold", false));
    }

    @Test
    void shouldContinueNoStreamOfALiteLlmFile() {
        GatewayConfig config = Configs.valid(MODELS).config();

        assertThat(config.routes().values()).isNotEmpty().noneMatch(Route::continueStreams);
    }

    @Test
    void shouldRefuseToContinueWhereFallbackIsForbidden() {
        assertThat(Configs.errors(MODELS + LANES + """
                routes:
                  both: {lane: premium, chain: [claude], fallback: never, continue_streams: true}
                """))
                .singleElement()
                .asString()
                .startsWith("config.yaml:5: routes.both.continue_streams: contradicts fallback: never: ");
    }
}

package dev.laneway.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.DeploymentFixture;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorstCallTest {
    private static final long TEXT = 100;
    private static final AskedExtras IMAGES = new AskedExtras(2, 0, 0, Map.of(), 1, null);

    private final Prices prices = new Prices(Catalogue::builtIn, () -> LocalDate.of(2026, 11, 30));

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o-mini, 48169",
        "openai, gpt-4o, 1445",
        "openai, gpt-4.1-mini, 6637",
        "openai, gpt-4.1-nano-2025-04-14, 10078",
        "openai, o4-mini, 7047",
        "openai, gpt-5, 1190",
        "openai, gpt-5.2, 4917",
        "openai, gpt-5.4, 12001",
        "openai, gpt-5.4-mini, 12001",
        "openai, gpt-6-astra, 36001",
        "xai, grok-4.3, 1792",
        "azure, gpt-4o-mini, 48169",
        "anthropic, claude-sonnet-4-5, 1600",
        "anthropic, claude-opus-4-7, 4784",
        "anthropic, claude-of-tomorrow-9, 4784",
        "bedrock, us.anthropic.claude-sonnet-4-5-20250929-v1:0, 1600",
        "gemini, gemini-2.5-flash, 4000",
        "groq, nobody-knows, 48169",
    })
    void shouldHoldForAnImageWhatItsModelMakesOfIt(String provider, String model, long tokens) {
        WorstCall.Most most = most(ask(provider, model, Dialect.OPENAI_CHAT, IMAGES));

        assertThat(most.inputTokens()).isEqualTo(TEXT + 2 * tokens);
        assertThat(most.sound()).isFalse();
    }

    @Test
    void shouldReckonWithAFewSearchesWhereResponsesLimitsNone() {
        AskedExtras search = new AskedExtras(0, 0, 0, Map.of(HostedTool.WEB_SEARCH, 0L), 0, null);

        WorstCall.Most most = most(ask("openai_responses", "gpt-4o", Dialect.OPENAI_RESPONSES, search));

        assertThat(most.uses()).containsExactly(Map.entry(HostedTool.WEB_SEARCH, WorstCall.TOOL_CALLS));
        assertThat(most.inputTokens()).isEqualTo(128_000 * (WorstCall.TOOL_CALLS + 1));
    }

    @Test
    void shouldHoldAWholeWindowForADocument() {
        AskedExtras document = new AskedExtras(1, 1, 0, Map.of(), 1, null);

        assertThat(most(ask("openai", "gpt-4o", Dialect.OPENAI_CHAT, document)).inputTokens())
                .isEqualTo(128_000);
        assertThat(unbounded(ask("groq", "nobody-knows", Dialect.OPENAI_CHAT, document)))
                .contains("max_input_tokens");
    }

    @Test
    void shouldNotMindThatNobodyKnowsTheWindowWherePromptsCostNothing() {
        AskedExtras document = new AskedExtras(0, 1, 0, Map.of(), 1, null);
        String text = "[groq]\nfree-in 2026-01-01 verified chat in=0 out=1\n";
        Prices own = Prices.of(CatalogueText.read(text).catalogue());

        WorstCall.Most most = most(ask(own, "groq", "free-in", Dialect.OPENAI_CHAT, document, Map.of()));

        assertThat(most.with(1_000_000)).isEqualTo(Money.ofDollars("1"));
    }

    @Test
    void shouldHoldTheDearestTokensForARecording() {
        AskedExtras recording = new AskedExtras(0, 0, 1, Map.of(), 1, null);

        WorstCall.Most most = most(ask("openai", "gpt-audio", Dialect.OPENAI_CHAT, recording));

        // 128,000 tokens of sound at 32 dollars a million
        assertThat(most.with(0)).isEqualTo(Money.ofDollars("4.096"));
    }

    @Test
    void shouldHoldForEverySearchAndEveryTimeThatThePromptIsRead() {
        AskedExtras searches = new AskedExtras(0, 0, 0, Map.of(HostedTool.WEB_SEARCH, 2L), 3, null);

        WorstCall.Most most = most(ask("anthropic", "claude-sonnet-4-5", Dialect.ANTHROPIC_MESSAGES, searches));

        assertThat(most.inputTokens()).isEqualTo(3 * 200_000);
        assertThat(most.uses()).containsExactly(Map.entry(HostedTool.WEB_SEARCH, 2L));
    }

    @Test
    void shouldHoldLessWhereItIsKnownWhatAUseBrings() {
        AskedExtras searches = new AskedExtras(0, 0, 0, Map.of(HostedTool.WEB_SEARCH, 2L), 3, null);
        String text = "[anthropic] search=0.01 use-most=5000\nclaude-x 2026-01-01 verified chat in=1 out=1\n";
        Prices own = Prices.of(CatalogueText.read(text).catalogue());

        WorstCall.Most most = most(ask(own, "anthropic", "claude-x", Dialect.ANTHROPIC_MESSAGES, searches, Map.of()));

        assertThat(most.inputTokens()).isEqualTo(3 * TEXT + 5_000 + 10_000);
    }

    @ParameterizedTest
    @CsvSource({
        "openai_responses, gpt-5, OPENAI_RESPONSES, WEB_SEARCH, 0, without a limit of uses",
        "openai_responses, gpt-5, OPENAI_RESPONSES, IMAGE, 2, no price is known",
        "openai_responses, gpt-5, OPENAI_RESPONSES, OTHER, 2, no price is known",
        "anthropic, claude-opus-5, ANTHROPIC_MESSAGES, CODE, 2, no price is known",
        "gemini, gemini-3-pro-preview, GEMINI, WEB_SEARCH, 0, without a limit of uses",
        "xai_responses, grok-4.3, OPENAI_RESPONSES, CODE, 2, as often as it likes",
    })
    void shouldSayThatNobodyCanTell(
            String provider, String model, Dialect dialect, HostedTool tool, long most, String why) {
        AskedExtras extras = new AskedExtras(0, 0, 0, Map.of(tool, most), 2, null);

        assertThat(unbounded(ask(provider, model, dialect, extras))).contains(why);
    }

    @Test
    void shouldPayGoogleByTheAnswerWhereItIsPaidSo() {
        AskedExtras extras =
                new AskedExtras(0, 0, 0, Map.of(HostedTool.WEB_SEARCH, 0L, HostedTool.GROUNDED_ANSWER, 1L), 2, null);

        WorstCall.Most most = most(ask("gemini", "gemini-2.5-flash", Dialect.GEMINI, extras));

        assertThat(most.uses()).containsExactly(Map.entry(HostedTool.GROUNDED_ANSWER, 1L));
    }

    @Test
    void shouldHoldNothingForAToolThatTheVendorIsNotSent() {
        AskedExtras extras = new AskedExtras(0, 0, 0, Map.of(HostedTool.WEB_SEARCH, 0L), 0, null);

        WorstCall.Most most = most(ask("openai", "gpt-4o", Dialect.ANTHROPIC_MESSAGES, extras));

        assertThat(most.uses()).isEmpty();
        assertThat(most.inputTokens()).isEqualTo(TEXT);
    }

    @Test
    void shouldHoldTheDearestTierThatACallMayGet() {
        AskedExtras priority = new AskedExtras(0, 0, 0, Map.of(), 1, ServiceTier.PRIORITY);
        AskedExtras flex = new AskedExtras(0, 0, 0, Map.of(), 1, ServiceTier.FLEX);

        Money standard = most(ask("openai", "gpt-5", Dialect.OPENAI_CHAT, AskedExtras.NONE))
                .with(1_000);

        assertThat(most(ask("openai", "gpt-5", Dialect.OPENAI_CHAT, priority)).with(1_000))
                .isEqualTo(standard.times(2));
        assertThat(most(ask("openai", "gpt-5", Dialect.OPENAI_CHAT, flex)).with(1_000))
                .isEqualTo(standard);
        assertThat(unbounded(ask("openai", "gpt-4-turbo", Dialect.OPENAI_CHAT, priority)))
                .contains("'priority'");
    }

    @Test
    void shouldTakeTheTierOfItsDeploymentWhereTheClientSaysNone() {
        WorstCall.Answer answer = ask(
                prices,
                "openai",
                "gpt-5",
                Dialect.OPENAI_CHAT,
                AskedExtras.NONE,
                Map.of("service_tier", JsonNodeFactory.instance.textNode("priority")));

        assertThat(most(answer).tier()).isEqualTo(ServiceTier.PRIORITY);
    }

    @Test
    void shouldKnowThatAModelSearchesByItself() {
        assertThat(unbounded(ask("perplexity", "sonar-deep-research", Dialect.OPENAI_CHAT, AskedExtras.NONE)))
                .contains("as often as it likes");
    }

    @Test
    void shouldKnowThatAFileIsSearchedInAtXai() {
        AskedExtras document = new AskedExtras(0, 1, 0, Map.of(), 1, null);

        assertThat(unbounded(ask("xai", "grok-4.3", Dialect.OPENAI_CHAT, document)))
                .contains("as often as it likes");
    }

    private static WorstCall.Most most(WorstCall.Answer answer) {
        assertThat(answer).isInstanceOf(WorstCall.Most.class);
        return (WorstCall.Most) answer;
    }

    private static String unbounded(WorstCall.Answer answer) {
        assertThat(answer).isInstanceOf(WorstCall.Unbounded.class);
        return ((WorstCall.Unbounded) answer).why();
    }

    private WorstCall.Answer ask(String provider, String model, Dialect dialect, @Nullable AskedExtras extras) {
        return ask(prices, provider, model, dialect, extras, Map.of());
    }

    private static WorstCall.Answer ask(
            Prices prices,
            String provider,
            String model,
            Dialect dialect,
            @Nullable AskedExtras extras,
            Map<String, JsonNode> defaults) {
        Deployment deployment = DeploymentFixture.deployment(provider, model, defaults);
        Price listed = prices.of(deployment, model, Zone.CLOUD);
        Price price = listed == null
                ? new Price("config/1", Rates.of(StatedPrice.NONE.with(PriceTerm.INPUT, Money.ofDollars("0.000001"))))
                : listed;
        return WorstCall.of(
                request(dialect, extras),
                deployment,
                Objects.requireNonNull(price),
                prices.capabilities(deployment, model),
                TEXT);
    }

    private static Request request(Dialect dialect, @Nullable AskedExtras extras) {
        return RequestFixture.request()
                .owner("owner")
                .route("route")
                .lane("lane")
                .dialect(dialect)
                .inputTokens(25)
                .maxTokens(100)
                .acceptedAt(0)
                .deadline(1)
                .configVersion("v")
                .extras(extras)
                .build();
    }
}

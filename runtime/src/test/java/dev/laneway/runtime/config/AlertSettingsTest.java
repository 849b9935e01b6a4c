package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Money;
import dev.laneway.runtime.config.alerts.AlertChannel;
import dev.laneway.runtime.config.alerts.AlertKind;
import dev.laneway.runtime.config.alerts.AlertRule;
import dev.laneway.runtime.config.alerts.AlertSettings;
import dev.laneway.runtime.config.alerts.Silence;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertSettingsTest {
    private static final String MODELS = "model_list: [{model_name: a, litellm_params: {model: openai/a}}]\n";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "OPENAI_API_KEY",
            "x",
            "SLACK_WEBHOOK_URL",
            "https://hooks.slack.com/services/T0/B0/secret",
            "HOOK_SECRET",
            "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0");

    private static AlertSettings read(String yaml) {
        return Configs.valid(MODELS + yaml, ENVIRONMENT).config().alerts();
    }

    private static AlertRule only(AlertSettings settings, AlertKind kind) {
        assertThat(settings.rules(kind)).hasSize(1);
        return settings.rules(kind).getFirst();
    }

    @Test
    void shouldWatchTheUsualWhereNobodySaysAnything() {
        AlertSettings settings = read("");

        assertThat(settings).isEqualTo(AlertSettings.USUAL);
        assertThat(settings.channels()).isEmpty();
        assertThat(settings.rules())
                .extracting(AlertRule::kind)
                .contains(AlertKind.BUDGET, AlertKind.SPEND, AlertKind.VIOLATIONS)
                .doesNotContain(AlertKind.SLOW_CALLS);
    }

    @Test
    void shouldReadChannelsAndRules() {
        AlertSettings settings = read("""
                alerts:
                  channels:
                    ops: {slack: os.environ/SLACK_WEBHOOK_URL}
                    pager: {webhook: "https://pager.internal:8443/hook", secret: os.environ/HOOK_SECRET}
                  rules:
                    - {kind: budget, thresholds: [90, 60]}
                    - kind: fallbacks
                      name: many-fallbacks
                      threshold: 5
                      window: 10m
                      repeat: 2h
                      channels: [pager]
                      silence: {daily: ["22:00-06:00"], days: [sat, sun], time_zone: Europe/Berlin, until: 2026-12-24T08:00:00Z}
                    - {kind: spend, threshold: 6, floor: 2.50, weeks: 4, time_zone: America/New_York}
                    - {kind: redis_open, enabled: false}
                """);

        assertThat(settings.channels())
                .containsExactly(
                        new AlertChannel.Slack("ops", new SecretRef.Env("SLACK_WEBHOOK_URL")),
                        new AlertChannel.Webhook(
                                "pager",
                                ((AlertChannel.Webhook) settings.channels().get(1)).url(),
                                new SecretRef.Env("HOOK_SECRET")));
        assertThat(only(settings, AlertKind.BUDGET).thresholds()).containsExactly(60, 90);
        AlertRule fallbacks = only(settings, AlertKind.FALLBACKS);
        assertThat(fallbacks.name()).isEqualTo("many-fallbacks");
        assertThat(fallbacks.limit()).isEqualByComparingTo("5");
        assertThat(fallbacks.window()).isEqualTo(Duration.ofMinutes(10));
        assertThat(fallbacks.repeat()).isEqualTo(Duration.ofHours(2));
        assertThat(fallbacks.channels()).containsExactly("pager");
        assertThat(fallbacks.silence())
                .isEqualTo(new Silence(
                        Instant.parse("2026-12-24T08:00:00Z"),
                        List.of(new Silence.Span(LocalTime.of(22, 0), LocalTime.of(6, 0))),
                        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                        ZoneId.of("Europe/Berlin")));
        assertThat(only(settings, AlertKind.SPEND).floor()).isEqualTo(Money.ofDollars("2.50"));
        assertThat(only(settings, AlertKind.SPEND).zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(settings.rules(AlertKind.REDIS_OPEN)).isEmpty();
        assertThat(settings.rules(AlertKind.VIOLATIONS)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                alerts:
                  channels:
                    ops: {slack: "https://hooks.slack.com/services/T0/B0/secret"}
                    pager: {webhook: "https://me.example/hook?token=secret", secret: os.environ/HOOK_SECRET}
                  rules:
                    - {kind: budget, thresholds: [90], channels: [ops]}
                    - {kind: slow_calls, threshold: 30, silence: {days: [sun]}}
                    - {kind: ledger_lag, enabled: false}
                    - {kind: spend, time_zone: Asia/Tokyo}
                """, """
                general_settings:
                  alerting: [slack]
                  alerting_threshold: 120
                  alert_types: [budget_alerts, llm_too_slow]
                  alert_to_webhook_url: {outage_alerts: "https://hooks.slack.com/services/secret/one"}
                """})
    void shouldMeanTheSameWhenPublishedWithoutAnySecret(String yaml) {
        ConfigResult.Valid valid = Configs.valid(MODELS + yaml, ENVIRONMENT);

        ConfigResult again = Configs.read(valid.publishableText(), Map.of());

        assertThat(valid.publishableText()).doesNotContain("hooks.slack.com").doesNotContain("me.example");
        assertThat(again)
                .isInstanceOfSatisfying(
                        ConfigResult.Valid.class,
                        same -> assertThat(same.config()).isEqualTo(valid.config()));
    }

    @Test
    void shouldUnderstandLiteLlmsKeys() {
        AlertSettings settings = read(
                "general_settings: {alerting: [\"slack\"], alerting_threshold: 120, alert_types: [budget_alerts]}\n");

        assertThat(settings.channels())
                .containsExactly(new AlertChannel.Slack("slack", new SecretRef.Env("SLACK_WEBHOOK_URL")));
        assertThat(only(settings, AlertKind.SLOW_CALLS).limit()).isEqualByComparingTo("120");
        assertThat(only(settings, AlertKind.BUDGET).tells("slack")).isTrue();
        assertThat(only(settings, AlertKind.PROVIDER_ERRORS).tells("slack")).isFalse();
        assertThat(only(settings, AlertKind.VIOLATIONS).tells("slack")).isTrue();
    }

    @Test
    void shouldSendSomeTypesElsewhere() {
        AlertSettings settings = read("""
                general_settings:
                  alerting: [slack]
                  alert_to_webhook_url:
                    budget_alerts: ["https://hooks.slack.com/one", "https://hooks.slack.com/two"]
                """);

        assertThat(only(settings, AlertKind.BUDGET).channels())
                .containsExactly("slack.budget_alerts.1", "slack.budget_alerts.2");
        assertThat(only(settings, AlertKind.FALLBACKS).channels()).containsExactly("slack");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alerts: {rules: [{kind: nonsense}]}                                 | alerts.rules[0].kind
            alerts: {rules: [{kind: fallbacks, channels: [nowhere]}]}           | alerts.rules[0].channels[0]
            alerts: {rules: [{kind: provider_errors, threshold: 101}]}          | alerts.rules[0].threshold
            alerts: {rules: [{kind: fallbacks, window: 2d}]}                    | alerts.rules[0].window
            alerts: {rules: [{kind: slow_calls}]}                               | alerts.rules[0].threshold
            alerts: {rules: [{kind: budget, thresholds: [110]}]}                | alerts.rules[0].thresholds[0]
            alerts: {rules: [{kind: spend, silence: {daily: [night]}}]}         | alerts.rules[0].silence.daily[0]
            alerts: {rules: [{kind: spend}, {kind: spend}]}                     | alerts.rules[1]
            alerts: {channels: {ops: {slack: nothing-like-it}}}                 | alerts.channels.ops.slack
            alerts: {channels: {ops: {slack: "https://user:pass@host/"}}}       | alerts.channels.ops.slack
            alerts: {channels: {ops: {}}}                                       | alerts.channels.ops
            alerts: {chanels: {}}                                               | alerts.chanels
            """)
    void shouldRefuseWhatCanNotBeMeant(String yaml, String place) {
        assertThat(Configs.read(MODELS + yaml + "\n", ENVIRONMENT))
                .isInstanceOfSatisfying(
                        ConfigResult.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                                .extracting(Problem::key)
                                .contains(place));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T21:30:00Z, true", // 22:30 in Berlin
        "2026-11-30T04:59:00Z, true",
        "2026-11-30T05:00:00Z, false",
        "2026-11-30T12:00:00Z, false",
        "2026-11-29T12:00:00Z, true", // a Sunday
        "2026-11-01T12:00:00Z, true" // before the time
    })
    void shouldBeSilentByTheClockOfItsZone(String now, boolean silent) {
        Silence silence = new Silence(
                Instant.parse("2026-11-02T12:00:00Z"),
                List.of(new Silence.Span(LocalTime.of(22, 0), LocalTime.of(6, 0))),
                Set.of(DayOfWeek.SUNDAY),
                ZoneId.of("Europe/Berlin"));

        assertThat(silence.holds(Instant.parse(now))).isEqualTo(silent);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-02T11:59:59.999Z, true", "2026-11-02T12:00:00Z, false"})
    void shouldBeSilentBeforeItsTimeAlone(String now, boolean silent) {
        Silence silence =
                new Silence(Instant.parse("2026-11-02T12:00:00Z"), List.of(), Set.of(), ZoneId.of("Europe/Berlin"));

        assertThat(silence.holds(Instant.parse(now))).isEqualTo(silent);
    }

    @ParameterizedTest
    @CsvSource({
        "22:00, 06:00, 21:59:59.999, false",
        "22:00, 06:00, 22:00, true",
        "22:00, 06:00, 05:59:59.999, true",
        "22:00, 06:00, 06:00, false",
        "09:00, 17:00, 08:59:59.999, false",
        "09:00, 17:00, 09:00, true",
        "09:00, 17:00, 16:59:59.999, true",
        "09:00, 17:00, 17:00, false"
    })
    void shouldBeSilentFromTheBeginningOfItsHoursToTheirEnd(
            LocalTime from, LocalTime to, LocalTime now, boolean silent) {
        Silence silence = new Silence(null, List.of(new Silence.Span(from, to)), Set.of(), ZoneId.of("UTC"));

        assertThat(silence.holds(Instant.parse("2026-11-30T00:00:00Z").plusNanos(now.toNanoOfDay())))
                .isEqualTo(silent);
    }
}

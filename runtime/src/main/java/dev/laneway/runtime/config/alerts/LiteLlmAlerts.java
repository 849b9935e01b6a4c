package dev.laneway.runtime.config.alerts;

import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's way to say it ({@code docs/proxy/alerting}): {@code alerting} names kinds of channels, whose addresses are in variables of fixed
 * names; {@code alert_types} chooses what they are told; {@code alert_to_webhook_url} has channels for some types.
 */
final class LiteLlmAlerts {
    private static final BigDecimal USUAL_SECONDS = new BigDecimal("300");
    private static final Map<String, Set<AlertKind>> TYPES = types();

    private final Reading reading;
    private final Map<String, AlertChannel> usual = new LinkedHashMap<>();
    private final Map<String, AlertChannel> special = new LinkedHashMap<>();
    private final Map<AlertKind, List<String>> specialOf = new HashMap<>();
    private @Nullable Set<AlertKind> chosen;
    private @Nullable BigDecimal slowSeconds;

    LiteLlmAlerts(Reading reading) {
        this.reading = reading;
    }

    private static Map<String, Set<AlertKind>> types() {
        Map<String, Set<AlertKind>> types = new LinkedHashMap<>();
        types.put("budget_alerts", EnumSet.of(AlertKind.BUDGET, AlertKind.BUDGET_REFUSALS));
        types.put("llm_exceptions", EnumSet.of(AlertKind.PROVIDER_ERRORS));
        types.put("outage_alerts", EnumSet.of(AlertKind.PROVIDER_ERRORS));
        types.put("region_outage_alerts", EnumSet.of(AlertKind.PROVIDER_ERRORS));
        types.put("cooldown_deployment", EnumSet.of(AlertKind.FALLBACKS));
        types.put("fallback_reports", EnumSet.of(AlertKind.FALLBACKS));
        types.put("llm_too_slow", EnumSet.of(AlertKind.SLOW_CALLS));
        types.put("llm_requests_hanging", EnumSet.of(AlertKind.SLOW_CALLS));
        types.put("db_exceptions", EnumSet.of(AlertKind.LEDGER_LAG, AlertKind.REDIS_OPEN));
        types.put("failed_tracking_spend", EnumSet.of(AlertKind.LEDGER_LAG));
        return types;
    }

    void read(Block block) {
        Value alerting = block.take("alerting");
        if (alerting != null && (alerting.isScalar() || alerting.isList())) {
            RuleReader.listed(alerting, reading).forEach(this::channel);
        } else if (alerting != null && !alerting.asksNothing()) {
            reading.problems().unsupported(alerting.place(), "it names no channel", "write alerting: [slack]");
        }
        Value address = block.take("alert_webhook_url");
        String raw = address == null || address.asksNothing() ? null : address.raw(reading);
        if (address != null && raw != null) {
            SecretRef url = AlertReader.address(reading, raw, address.place());
            if (url != null) {
                usual.put("webhook", new AlertChannel.Webhook("webhook", url, null));
            }
        }
        BigDecimal seconds = block.number("alerting_threshold", 1, 86_400);
        slowSeconds = seconds == null ? slowSeconds : seconds;
        Value types = block.take("alert_types");
        if (types != null && !types.asksNothing()) {
            Set<AlertKind> kinds = EnumSet.noneOf(AlertKind.class);
            RuleReader.listed(types, reading).forEach(type -> kinds.addAll(kinds(type)));
            chosen = kinds;
        }
        Block byType = block.has("alert_to_webhook_url") ? block.block("alert_to_webhook_url") : null;
        if (byType != null) {
            byType.entries().forEach(this::special);
        }
    }

    List<AlertChannel> channels() {
        List<AlertChannel> all = new ArrayList<>(usual.values());
        all.addAll(special.values());
        return all;
    }

    /** The rule of a kind that the file's own rules don't have; null where there is none. */
    @Nullable
    AlertRule usual(AlertKind kind) {
        if (kind != AlertKind.SLOW_CALLS) {
            return kind.usual();
        }
        boolean asked = slowSeconds != null || !usual.isEmpty();
        BigDecimal seconds = slowSeconds == null ? USUAL_SECONDS : slowSeconds;
        AlertRule rule = AlertRule.usual(kind);
        return asked
                ? new AlertRule(
                        rule.name(),
                        kind,
                        seconds,
                        rule.thresholds(),
                        rule.window(),
                        rule.least(),
                        rule.floor(),
                        rule.weeks(),
                        rule.repeat(),
                        rule.zone(),
                        null,
                        Silence.NONE)
                : null;
    }

    /** A rule of the usual ones, telling whom LiteLLM's keys say. */
    AlertRule narrowed(AlertRule rule, List<AlertChannel> all) {
        if (chosen == null && special.isEmpty()) {
            return rule;
        }
        List<String> own = specialOf.getOrDefault(rule.kind(), List.of());
        boolean unnamed = TYPES.values().stream().noneMatch(kinds -> kinds.contains(rule.kind()));
        boolean wanted = own.isEmpty() && (chosen == null || chosen.contains(rule.kind()) || unnamed);
        List<String> told = new ArrayList<>(own);
        all.stream()
                .map(AlertChannel::name)
                .filter(name -> !special.containsKey(name) && (!usual.containsKey(name) || wanted))
                .forEach(told::add);
        return rule.telling(told);
    }

    private void channel(Value item) {
        Text text = item.text(reading);
        switch (text == null ? "" : text.value()) {
            case "" -> {}
            case "slack" -> {
                SecretRef url = variable(
                        isSet("SLACK_WEBHOOK_URL") || !isSet("ALERTING_WEBHOOK_URL")
                                ? "SLACK_WEBHOOK_URL"
                                : "ALERTING_WEBHOOK_URL",
                        item.place());
                if (url != null) {
                    usual.put("slack", new AlertChannel.Slack("slack", url));
                }
            }
            case "webhook" -> {
                SecretRef url = variable("WEBHOOK_URL", item.place());
                if (url != null) {
                    SecretRef secret = isSet("WEBHOOK_SECRET") ? variable("WEBHOOK_SECRET", item.place()) : null;
                    usual.put("webhook", new AlertChannel.Webhook("webhook", url, secret));
                }
            }
            default ->
                reading.problems()
                        .unsupported(
                                item.place(),
                                "alerts go to slack and to webhooks",
                                "write slack, or see alerts.channels");
        }
    }

    private @Nullable SecretRef variable(String name, Place at) {
        return name.equals("WEBHOOK_SECRET")
                ? reading.secrets().variable(name, at)
                : AlertReader.address(reading, "os.environ/" + name, at);
    }

    private boolean isSet(String name) {
        return reading.references().variable(name) != null
                || reading.references().variable(name + "_FILE") != null;
    }

    private void special(String type, Value value) {
        Set<AlertKind> kinds = kinds(type, value.place());
        for (Value item : RuleReader.listed(value, reading)) {
            String raw = item.raw(reading);
            SecretRef url = raw == null ? null : AlertReader.address(reading, raw, item.place());
            if (url != null) {
                String name = "slack." + type + "." + (special.size() + 1);
                special.put(name, new AlertChannel.Slack(name, url));
                kinds.forEach(kind -> specialOf
                        .computeIfAbsent(kind, absent -> new ArrayList<>())
                        .add(name));
            }
        }
    }

    private Set<AlertKind> kinds(Value item) {
        Text text = item.text(reading);
        return text == null ? Set.of() : kinds(text.value(), item.place());
    }

    private Set<AlertKind> kinds(String type, Place at) {
        Set<AlertKind> kinds = TYPES.get(type);
        if (kinds == null) {
            reading.problems()
                    .unsupported(
                            at,
                            "there are no alerts of this type",
                            "remove it; known are " + String.join(", ", TYPES.keySet()));
            return Set.of();
        }
        return kinds;
    }
}

package dev.laneway.runtime.config.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.runtime.config.SecretRef;
import java.time.DayOfWeek;
import java.util.Locale;

/** The {@code alerts} block with everything stated, as {@link AlertReader} reads it again. */
public final class AlertJson {
    private AlertJson() {}

    public static ObjectNode of(AlertSettings settings) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode channels = json.putObject("channels");
        for (AlertChannel channel : settings.channels()) {
            ObjectNode entry = channels.putObject(channel.name());
            switch (channel) {
                case AlertChannel.Slack slack -> entry.put("slack", slack.url().text());
                case AlertChannel.Webhook hook -> {
                    entry.put("webhook", hook.url().text());
                    SecretRef secret = hook.secret();
                    if (secret != null) {
                        entry.put("secret", secret.text());
                    }
                }
            }
        }
        ArrayNode rules = json.putArray("rules");
        settings.rules().forEach(rule -> rule(rule, rules.addObject()));
        for (AlertKind kind : AlertKind.values()) {
            if (settings.rules(kind).isEmpty()) {
                rules.addObject().put("kind", kind.id()).put("enabled", false);
            }
        }
        return json;
    }

    private static void rule(AlertRule rule, ObjectNode json) {
        json.put("kind", rule.kind().id()).put("name", rule.name());
        if (rule.kind() == AlertKind.BUDGET) {
            ArrayNode percents = json.putArray("thresholds");
            rule.thresholds().forEach(percents::add);
        } else {
            json.put("threshold", rule.threshold());
            json.put("window", rule.window().toSeconds() + "s");
        }
        json.put("least", rule.least())
                .put("floor", rule.floor().dollars())
                .put("weeks", rule.weeks())
                .put("repeat", rule.repeat().toSeconds() + "s")
                .put("time_zone", rule.zone().getId());
        if (rule.channels() != null) {
            ArrayNode channels = json.putArray("channels");
            rule.channels().forEach(channels::add);
        }
        if (!rule.silence().equals(Silence.NONE)) {
            silence(rule.silence(), json.putObject("silence"));
        }
    }

    private static void silence(Silence silence, ObjectNode json) {
        if (silence.until() != null) {
            json.put("until", silence.until().toString());
        }
        ArrayNode daily = json.putArray("daily");
        silence.daily().forEach(span -> daily.add(span.toString()));
        ArrayNode days = json.putArray("days");
        silence.days().stream().sorted().map(DayOfWeek::name).forEach(day -> days.add(day.toLowerCase(Locale.ROOT)));
        json.put("time_zone", silence.zone().getId());
    }
}

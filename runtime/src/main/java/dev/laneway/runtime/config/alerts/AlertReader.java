package dev.laneway.runtime.config.alerts;

import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.References;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the file's own {@code alerts} block, after {@link LiteLlmAlerts} read its LiteLLM keys. One thread. */
public final class AlertReader {
    static final int MOST_CHANNELS = 20;
    static final int MOST_RULES = 100;
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Reading reading;
    private final KnownKeys known;
    private final LiteLlmAlerts litellm;
    private final Map<String, AlertChannel> channels = new LinkedHashMap<>();
    private final List<AlertRule> rules = new ArrayList<>();
    private final Set<AlertKind> stated = new HashSet<>();
    private final List<Text> told = new ArrayList<>();

    public AlertReader(Reading reading) {
        this.reading = reading;
        this.known = new KnownKeys(reading);
        this.litellm = new LiteLlmAlerts(reading);
    }

    /** Takes LiteLLM's keys of a block, where it has them. */
    public void readLiteLlms(@Nullable Block block) {
        if (block != null) {
            litellm.read(block);
        }
    }

    /** Takes {@code alerts} of the top mapping. */
    public void read(Block top) {
        Block block = top.block("alerts");
        if (block == null) {
            return;
        }
        Block named = block.block("channels");
        if (named != null) {
            named.entries().forEach(this::channel);
        }
        List<Value> items = block.items("rules");
        if (items.size() > MOST_RULES) {
            reading.problems().error(block.place("rules"), "has more than " + MOST_RULES + " rules", "remove some");
        } else {
            RuleReader reader = new RuleReader(reading, known);
            items.forEach(item -> rule(item, reader));
        }
        known.leftInOurs(block, List.of("channels", "rules"));
    }

    /** What is in force. */
    public AlertSettings settings() {
        List<AlertChannel> all = new ArrayList<>(channels.values());
        litellm.channels().stream()
                .filter(channel -> !channels.containsKey(channel.name()))
                .forEach(all::add);
        Set<String> names = new HashSet<>(all.stream().map(AlertChannel::name).toList());
        told.stream()
                .filter(name -> !names.contains(name.value()))
                .forEach(name -> reading.problems()
                        .error(
                                name.place(),
                                "there is no channel " + name.value(),
                                names.isEmpty()
                                        ? "name one under alerts.channels"
                                        : "known are " + String.join(", ", names)));
        List<AlertRule> inForce = new ArrayList<>(rules);
        Arrays.stream(AlertKind.values())
                .filter(kind -> !stated.contains(kind))
                .map(litellm::usual)
                .forEach(rule -> {
                    if (rule != null) {
                        inForce.add(litellm.narrowed(rule, all));
                    }
                });
        return new AlertSettings(all, inForce);
    }

    private void channel(String name, Value value) {
        Block block = value.block(reading);
        if (block == null) {
            return;
        }
        if (!NAME.matcher(name).matches() || channels.size() >= MOST_CHANNELS) {
            reading.problems()
                    .error(
                            value.place(),
                            channels.size() >= MOST_CHANNELS ? "is one channel too many" : "is no name of a channel",
                            "at most " + MOST_CHANNELS + ", each named by letters, digits, - and _");
            return;
        }
        SecretRef slack = address(block, "slack");
        SecretRef webhook = address(block, "webhook");
        SecretRef secret = block.secret("secret");
        known.leftInOurs(block, List.of("slack", "webhook", "secret"));
        if ((slack == null) == (webhook == null)) {
            reading.problems()
                    .error(
                            block.place(),
                            "is sent to nothing, or to two things",
                            "write slack: os.environ/NAME, or webhook: URL and secret: os.environ/NAME");
        } else if (slack != null) {
            channels.put(name, new AlertChannel.Slack(name, slack));
        } else if (webhook != null) {
            channels.put(name, new AlertChannel.Webhook(name, webhook, secret));
        }
    }

    private @Nullable SecretRef address(Block block, String key) {
        Value value = block.take(key);
        String raw = value == null ? null : value.raw(reading);
        return raw == null ? null : address(reading, raw, block.place(key));
    }

    /** An address, which may hold a secret, so it is kept like one; one that is written out is no reason for a warning. */
    static @Nullable SecretRef address(Reading reading, String raw, Place at) {
        SecretRef address = reading.secrets().address(raw, at);
        boolean writtenOut = address instanceof SecretRef.Literal
                && !raw.startsWith("literal/")
                && References.wholeReference(raw) == null;
        if (writtenOut && !isAddress(raw.strip())) {
            reading.problems().error(at, "is no address", "write https://..., or os.environ/NAME");
            return null;
        }
        if (address instanceof SecretRef.Env(String name)) {
            String set = reading.references().variable(name);
            if (set == null && reading.references().variable(name + "_FILE") == null) {
                reading.problems()
                        .warn(
                                at,
                                name + " is not set here, so nothing can be sent there",
                                "set it where accounting runs");
            } else if (set != null && !isAddress(set)) {
                reading.problems()
                        .warn(
                                at,
                                "what " + name + " holds is no address, so nothing can be sent there",
                                "set it to https://...");
            }
        }
        return address;
    }

    private static boolean isAddress(String text) {
        return text.matches("https?://[^\\s/@]+(/\\S*)?");
    }

    private void rule(Value item, RuleReader reader) {
        Block block = item.block(reading);
        if (block == null) {
            return;
        }
        AlertKind kind = reader.kind(block);
        if (kind == null) {
            return;
        }
        stated.add(kind);
        AlertRule rule = reader.rule(kind, block, told);
        if (rule == null) {
            return;
        }
        if (kind == AlertKind.SLOW_CALLS && rules.stream().anyMatch(other -> other.kind() == kind)) {
            reading.problems().error(block.place(), "is a second rule of slow calls", "write one");
        } else if (rules.stream().anyMatch(other -> other.name().equals(rule.name()))) {
            reading.problems()
                    .error(block.place(), "has the name of another rule", "give one of them a name of its own");
        } else {
            rules.add(rule);
        }
    }
}

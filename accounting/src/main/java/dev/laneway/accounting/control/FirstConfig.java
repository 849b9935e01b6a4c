package dev.laneway.accounting.control;

import dev.laneway.contracts.Control;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigStart;
import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.Severity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which config a start wants: the file's, where it can be put in force. Where it can't, what the control topic holds stays in force;
 * where that holds none and the file is away, this machine's last good copy is taken. Either is said loudly. A start without any of
 * the three, or with a wrong file and nothing in force, is refused.
 */
public final class FirstConfig {
    private static final Logger LOG = LoggerFactory.getLogger(FirstConfig.class);

    private final ConfigFeed feed;
    private final ControlLog log;

    public FirstConfig(ConfigFeed feed, ControlLog log) {
        this.feed = Objects.requireNonNull(feed, "feed");
        this.log = Objects.requireNonNull(log, "log");
    }

    /**
     * The config to publish; empty where the topic's stays in force. Blocks.
     *
     * @throws IllegalStateException where there is nothing to start with; the message is one line
     */
    public Optional<ConfigResult.Valid> choose() {
        return switch (feed.start()) {
            case ConfigStart.FromFile file -> {
                file.valid().problems().forEach(problem -> LOG.warn("{}", problem));
                yield Optional.of(file.valid());
            }
            case ConfigStart.FromLastGood copy -> {
                LOG.error("{}", copy.why());
                if (topicHolds()) {
                    yield Optional.empty();
                }
                LOG.error(
                        "NO CONFIG FILE: this machine's last good copy ({}) is in force until the file is there",
                        copy.valid().config().version());
                yield Optional.of(copy.valid());
            }
            case ConfigStart.Refused refused -> {
                refused.why().problems().forEach(problem -> LOG.error("{}", problem));
                if (topicHolds()) {
                    yield Optional.empty();
                }
                throw new IllegalStateException(said(refused.why().problems()));
            }
        };
    }

    private boolean topicHolds() {
        Optional<Control.Config> published = log.config();
        published.ifPresent(config -> LOG.error(
                "THE CONFIG FILE IS NOT IN FORCE: version {} of the control topic stays until the file is mended",
                config.version()));
        return published.isPresent();
    }

    private static String said(List<Problem> problems) {
        List<Problem> errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        String first = errors.isEmpty() ? "it can't be read" : errors.getFirst().toString();
        return "the config is refused: " + first
                + (errors.size() > 1 ? " (and " + (errors.size() - 1) + " more: laneway validate lists them)" : "");
    }
}

package dev.laneway.accounting.control;

import dev.laneway.contracts.Control;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.Severity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which config a start wants: the file's, where it can be read. Where it can't, what the control topic holds stays in force, else
 * the last good copy on this machine's disk is taken; both are said loudly. A start without any of the three fails.
 */
public final class FirstConfig {
    private static final Logger LOG = LoggerFactory.getLogger(FirstConfig.class);

    private final Vertx vertx;
    private final ConfigFeed feed;
    private final ControlLog log;

    public FirstConfig(Vertx vertx, ConfigFeed feed, ControlLog log) {
        this.vertx = vertx;
        this.feed = feed;
        this.log = log;
    }

    /** The config to publish; empty where the topic's stays in force. Fails with a message of one line. */
    public Future<Optional<ConfigResult.Valid>> read() {
        return vertx.executeBlocking(this::choose);
    }

    private Optional<ConfigResult.Valid> choose() {
        return switch (feed.read()) {
            case ConfigResult.Valid valid -> {
                ControlWriter.warn(valid.problems());
                yield Optional.of(valid);
            }
            case ConfigResult.Invalid invalid -> {
                invalid.problems().forEach(problem -> LOG.error("{}", problem));
                yield instead(invalid.problems());
            }
        };
    }

    private Optional<ConfigResult.Valid> instead(List<Problem> problems) {
        Optional<Control.Config> published = log.config();
        if (published.isPresent()) {
            LOG.error(
                    "THE CONFIG FILE IS REFUSED: version {} of the control topic stays in force until the file is mended",
                    published.get().version());
            return Optional.empty();
        }
        Optional<ConfigResult.Valid> kept = feed.lastGood();
        if (kept.isEmpty()) {
            throw new IllegalStateException(said(problems));
        }
        LOG.error(
                "THE CONFIG FILE IS REFUSED: the last good copy of this machine ({}) is in force until the file is mended",
                kept.get().config().version());
        return kept;
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

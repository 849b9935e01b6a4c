package dev.laneway.accounting.alerts;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.contracts.Control;
import dev.laneway.runtime.config.alerts.AlertChannel;
import dev.laneway.runtime.config.alerts.AlertSettings;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises what is due, each once; what is due for long is found again every few seconds, and need not be asked of the database. One context. */
final class Raiser {
    private static final Logger LOG = LoggerFactory.getLogger(Raiser.class);
    /** At a time; the others come next time. */
    private static final int MOST = 100;

    private static final int MOST_KNOWN = 10_000;
    private static final long ASK_AGAIN_MILLIS = Duration.ofMinutes(1).toMillis();

    private final AlertTable table;
    private final Directory directory;
    private final LongSupplier clock;
    private final Meters meters;
    private final Map<Key, Long> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    private record Key(String rule, String subject, int level, long windowFrom) {
        static Key of(Finding finding) {
            return new Key(finding.rule().name(), finding.subject(), finding.level(), finding.windowFrom());
        }
    }

    /** @param directory has the silences in force */
    Raiser(AlertTable table, Directory directory, LongSupplier clock, Meters meters) {
        this.table = table;
        this.directory = directory;
        this.clock = clock;
        this.meters = meters;
    }

    /** Fails where the database does; the next time tries again. */
    Future<Void> raise(List<Finding> due, AlertSettings settings) {
        long now = clock.getAsLong();
        Future<Void> all = Future.succeededFuture();
        int asked = 0;
        for (Finding finding : due) {
            if (asked < MOST && known.getOrDefault(Key.of(finding), 0L) <= now) {
                asked++;
                all = all.compose(before -> raise(finding, settings, now));
            }
        }
        return all;
    }

    private Future<Void> raise(Finding finding, AlertSettings settings, long now) {
        Control.Silence silence = directory.silence(finding.rule().kind().id(), finding.subject(), now);
        boolean silenced = silence != null || finding.rule().silence().holds(Instant.ofEpochMilli(now));
        List<String> channels = settings.channels().stream()
                .map(AlertChannel::name)
                .filter(finding.rule()::tells)
                .toList();
        return table.raise(finding, silenced, silence == null ? null : silence.id(), channels, now)
                .map(raised -> {
                    boolean windowed = finding.again().isZero();
                    known.put(Key.of(finding), raised.isNew() || windowed ? Long.MAX_VALUE : now + ASK_AGAIN_MILLIS);
                    if (raised.isNew()) {
                        meters.counter(
                                        AccountingMetric.ALERTS_RAISED,
                                        MetricTag.KIND,
                                        finding.rule().kind().id())
                                .increment();
                        meters.counter(AccountingMetric.ALERT_DELIVERIES_DROPPED)
                                .increment(raised.dropped());
                        LOG.warn("alert{}: {}", silenced ? " (silenced)" : "", finding.text());
                    }
                    return null;
                });
    }
}

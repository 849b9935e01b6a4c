package dev.laneway.standalone.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Keeps what the routers in this JVM log of requests, from INFO on, in place of showing it; until it is closed. Safe on any thread. */
public final class RouterLog implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile("^request (\\S+) (.*)$");

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.laneway.router");
    private final Level level = logger.getLevel();
    private final Map<String, Queue<String>> lines = new ConcurrentHashMap<>();
    private final Tap tap = new Tap();

    private final class Tap extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            Matcher line = REQUEST.matcher(event.getFormattedMessage());
            if (line.matches()) {
                lines.computeIfAbsent(line.group(1), id -> new ConcurrentLinkedQueue<>())
                        .add(line.group(2));
            }
        }
    }

    /** Begins to keep. */
    public RouterLog() {
        tap.setContext(logger.getLoggerContext());
        tap.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(tap);
    }

    /** What was said of a request so far, in order, without its id. */
    public List<String> of(String requestId) {
        return List.copyOf(lines.getOrDefault(requestId, new ConcurrentLinkedQueue<>()));
    }

    @Override
    public void close() {
        logger.detachAppender(tap);
        logger.setAdditive(true);
        logger.setLevel(level);
    }
}

package dev.laneway.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees a config file, or one that it includes, change and reads it anew. A change is taken once two looks in a row found the same state: a file that is being
 * written may be valid at half its length, and mean something else. So a change is in force, or refused, after at most two
 * intervals and the time of reading. What is refused changes nothing; while the file is away nothing changes either.
 */
public final class ConfigWatcher implements AutoCloseable {
    /** Fast enough for a change to be in force within 2 s. */
    public static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatcher.class);

    private final Path file;
    private final ConfigLoader loader;
    private final Environment environment;
    private final Listener listener;
    private final ScheduledExecutorService looks;
    private List<Path> included = List.of();
    private @Nullable State seen;
    private @Nullable State judged;
    private String version;
    private boolean saidAway;

    /** Told of what became of the file. Called on the watcher's own thread, one call at a time; may block. */
    public interface Listener {
        /** The file is another config than before. */
        void changed(ConfigResult.Valid valid);

        /** The file changed and is refused, or is away; the config in force stays. Told once for each state of the file. */
        void refused(List<Problem> problems);
    }

    /** @param version the config in force, so that a file that means the same is no change */
    public ConfigWatcher(Path file, ConfigLoader loader, Environment environment, String version, Listener listener) {
        this.file = Objects.requireNonNull(file, "file");
        this.loader = Objects.requireNonNull(loader, "loader");
        this.environment = Objects.requireNonNull(environment, "environment");
        this.version = Objects.requireNonNull(version, "version");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("config-watcher").factory());
    }

    /** Begins to look. The state that the file has now is judged too, so nothing between start and watch is missed. */
    public void start() {
        var _ = looks.scheduleWithFixedDelay(
                this::lookAndSurvive, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A defect in a listener must not end the watch. */
    private void lookAndSurvive() {
        try {
            look();
        } catch (RuntimeException defect) {
            LOG.error("the watch of {} met a defect and goes on", file, defect);
        }
    }

    /**
     * The state of the file and of those that it includes.
     *
     * @param included null for one that is away
     */
    private record State(FileStamp main, List<@Nullable FileStamp> included) {
        static @Nullable State of(Path file, List<Path> included) {
            FileStamp main = FileStamp.of(file);
            List<@Nullable FileStamp> others = new ArrayList<>();
            included.forEach(each -> others.add(FileStamp.of(each)));
            return main == null ? null : new State(main, others);
        }
    }

    /** One look. */
    synchronized void look() {
        State now = State.of(file, included);
        if (now != null && !now.equals(seen)) {
            included = ConfigLoader.included(file);
            now = State.of(file, included);
        }
        boolean settled = Objects.equals(now, seen);
        seen = now;
        if (now == null) {
            if (settled && !saidAway) {
                saidAway = true;
                judged = null;
                listener.refused(loader.load(file, environment).problems());
            }
            return;
        }
        saidAway = false;
        if (settled && !now.equals(judged)) {
            judge(now);
        }
    }

    private void judge(State now) {
        judged = now;
        ConfigResult result = loader.load(file, environment);
        if (!now.equals(State.of(file, included))) {
            return;
        }
        switch (result) {
            case ConfigResult.Valid valid -> {
                if (!valid.config().version().equals(version)) {
                    version = valid.config().version();
                    listener.changed(valid);
                }
            }
            case ConfigResult.Invalid invalid -> listener.refused(invalid.problems());
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}

package dev.laneway.runtime.catalogue;

import dev.laneway.runtime.config.Environment;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue in force: this release's, and over it the rows of a file that may come, change and go while a process runs. A file with a
 * wrong line changes nothing. Reading blocks, and happens on a thread of its own; asking for the catalogue never does.
 */
public final class CatalogueFile implements AutoCloseable {
    /** Where the file is, before the usual place. */
    public static final String VARIABLE = "LANEWAY_CATALOGUE";

    /** Its usual name, in the folder where a process keeps what it knows. */
    public static final String NAME = "catalogue.txt";

    private static final Logger LOG = LoggerFactory.getLogger(CatalogueFile.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 16 << 20;
    private static final int STALE_MONTHS = 6;

    private final Path file;
    private final @Nullable ScheduledExecutorService looks;
    private volatile Catalogue inForce = Catalogue.builtIn();
    private volatile Catalogue own = Catalogue.EMPTY;
    private volatile @Nullable String trouble;
    private @Nullable String seen;
    private @Nullable LocalDate ageSeen;

    private CatalogueFile(Path file, @Nullable ScheduledExecutorService looks) {
        this.file = file;
        this.looks = looks;
    }

    /**
     * The file that a process reads.
     *
     * @param stateFolder where it is unless the environment names another
     */
    public static Path place(Environment environment, Path stateFolder) {
        String stated = environment.get(VARIABLE);
        return stated == null ? stateFolder.resolve(NAME) : Path.of(stated);
    }

    /** The file that a process reads which was told no folder for its data. */
    public static Path place(Environment environment) {
        String home = Objects.requireNonNullElse(environment.get("LANEWAY_HOME"), ".laneway");
        return place(environment, Path.of(home, "state"));
    }

    /** Reads it now, and whenever it has changed, within a few seconds. */
    public static CatalogueFile watch(Path file) {
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("catalogue-watcher").factory());
        CatalogueFile watched = new CatalogueFile(file, looks);
        watched.look();
        var _ = looks.scheduleWithFixedDelay(watched::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return watched;
    }

    /** Reads it now, and never again. */
    public static CatalogueFile once(Environment environment) {
        return once(place(environment));
    }

    /** Reads it now, and never again. */
    public static CatalogueFile once(Path file) {
        CatalogueFile read = new CatalogueFile(file, null);
        read.look();
        return read;
    }

    /** The rows of the file alone; none where it can't be read. */
    public Catalogue ownRows() {
        return own;
    }

    /** Why the file as it is now is not in force, a sentence's end; null where it is, or there is none. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** All rows that count now. */
    public Catalogue catalogue() {
        return inForce;
    }

    /** By whatever catalogue is in force when they are asked. */
    public Prices prices() {
        return new Prices(this::catalogue, () -> LocalDate.now(ZoneOffset.UTC));
    }

    /** One look at the file; and one a day at how old the prices are that are in force, which is logged where it is too much. */
    synchronized void look() {
        lookAtAge(LocalDate.now(ZoneOffset.UTC));
        try {
            String text = Files.isRegularFile(file) ? text() : null;
            if (!Objects.equals(text, seen)) {
                seen = text;
                take(text);
            }
        } catch (CharacterCodingException e) {
            trouble = "is no text";
            LOG.error("the catalogue {} is no text; what was in force stays", file);
        } catch (IOException | RuntimeException e) {
            trouble = "can't be read: " + e.getMessage();
            LOG.error("the catalogue {} can't be read; what was in force stays: {}", file, String.valueOf(e));
        }
    }

    private void lookAtAge(LocalDate today) {
        if (looks == null || today.equals(ageSeen)) {
            return;
        }
        ageSeen = today;
        int old = CatalogueCheck.stale(inForce, today, STALE_MONTHS);
        if (old > 0) {
            LOG.warn(
                    "nobody has looked at the prices of {} models for {} months: ./laneway catalogue check tells which, catalogue"
                            + " update takes newer ones",
                    old,
                    STALE_MONTHS);
        }
    }

    private String text() throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it is larger than " + MOST_BYTES + " bytes");
        }
        return Files.readString(file);
    }

    private void take(@Nullable String text) {
        trouble = null;
        if (text == null) {
            own = Catalogue.EMPTY;
            inForce = Catalogue.builtIn();
            LOG.info("the catalogue {} is gone; this release's is in force", file);
            return;
        }
        CatalogueText.Read read = CatalogueText.read(text);
        List<CatalogueText.Problem> problems = read.problems();
        if (problems.isEmpty()) {
            own = read.catalogue();
            inForce = Catalogue.builtIn().under(own);
            LOG.info(
                    "the catalogue {} is in force: {} rows beside this release's, {} of them of before what that has",
                    file,
                    own.rows().size(),
                    overtaken());
        } else {
            CatalogueText.Problem first = problems.getFirst();
            trouble = "is wrong in line " + first.line() + ", which " + first.what();
            LOG.error(
                    "the catalogue {} is not in force, what was stays: line {} {}, and {} more",
                    file,
                    first.line(),
                    first.what(),
                    problems.size() - 1);
        }
    }

    /** Rows of the file of whose models the release has seen something later. */
    private long overtaken() {
        Catalogue release = Catalogue.builtIn();
        return own.rows().stream()
                .filter(row -> {
                    CatalogueRow known = release.find(row.vendor(), row.model(), LocalDate.now(ZoneOffset.UTC));
                    return known != null && known.date().isAfter(row.date());
                })
                .count();
    }

    @Override
    public void close() {
        if (looks != null) {
            looks.shutdownNow();
        }
    }
}

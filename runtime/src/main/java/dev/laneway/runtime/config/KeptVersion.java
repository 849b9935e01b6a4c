package dev.laneway.runtime.config;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One text of a config file that was kept.
 *
 * @param number counts up from 1 and stays as it is, so that a command means the same after another text was kept
 * @param at when it came into force, or when it was replaced
 * @param version of the config, or {@link #REFUSED}
 * @param path the kept text
 */
public record KeptVersion(int number, Instant at, String version, Path path) {
    /** In place of a version: the text was no valid config when it was replaced. */
    public static final String REFUSED = "refused";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("(\\d{6,9})-(\\d{8}T\\d{6}\\.\\d{3}Z)-([0-9a-z]{1,40})\\.yaml");

    public KeptVersion {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(path, "path");
    }

    /** Names a file in a folder by these. */
    static KeptVersion in(Path folder, int number, Instant at, String version) {
        String name = String.format(Locale.ROOT, "%06d-%s-%s.yaml", number, TIME.format(at), version);
        return of(folder.resolve(name)).orElseThrow(() -> new IllegalArgumentException("no version: " + version));
    }

    /** What a file's name says; empty for a file of another kind. */
    static Optional<KeptVersion> of(Path path) {
        var name = NAME.matcher(String.valueOf(path.getFileName()));
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KeptVersion(
                    Integer.parseInt(name.group(1)), TIME.parse(name.group(2), Instant::from), name.group(3), path));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** Whether it was a valid config when it was kept. */
    public boolean wasValid() {
        return !version.equals(REFUSED);
    }
}

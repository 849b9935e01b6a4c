package dev.laneway.runtime.config;

import dev.laneway.runtime.config.file.Including;
import dev.laneway.runtime.config.file.LiteralSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The operator's own texts of one config file, as they came into force: at most 20, the oldest goes first. A text that holds a secret,
 * or seems to, is never kept. Blocks. Two processes may keep at once; each text is whole.
 */
public final class ConfigHistory {
    /** How many texts are kept. */
    public static final int MOST = 20;

    static final String FOLDER = "config.history";

    private final Path directory;
    private final InstantSource clock;

    /** @param directory made when the first text is kept */
    ConfigHistory(Path directory, InstantSource clock) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** The history of a file, in a process's folder of state, beside its last good copy. */
    public static ConfigHistory of(Path folder, Path file) {
        return LastGoodCopy.of(folder, file).history();
    }

    /** What became of a text. */
    public enum Kept {
        KEPT,
        /** It is the newest that is kept already. */
        KNOWN,
        /** It holds a secret, or what looks like one: nothing was written. */
        SECRET,
        /** There is no operator's text: the config came from somewhere else. */
        NO_TEXT
    }

    /** The folder of the texts. */
    public Path path() {
        return directory;
    }

    /** Keeps the text of a config that came into force. The same version again is kept once, by its newest text. */
    public Kept keep(ConfigResult.Valid valid) throws IOException {
        SecretText source = valid.source();
        if (source == null) {
            return Kept.NO_TEXT;
        }
        return valid.literals().isEmpty() ? keep(source.reveal(), valid.config().version()) : Kept.SECRET;
    }

    /** Keeps a text that is no valid config and is about to be replaced. */
    Kept keepRefused(String text) throws IOException {
        return keep(text, KeptVersion.REFUSED);
    }

    private Kept keep(String text, String version) throws IOException {
        if (LiteralSecrets.firstLine(text).isPresent()) {
            return Kept.SECRET;
        }
        Optional<KeptVersion> newest = newestFirst().stream().findFirst();
        Optional<KeptVersion> same = newest.filter(kept -> kept.version().equals(version));
        if (same.flatMap(this::text).filter(text::equals).isPresent()) {
            return Kept.KNOWN;
        }
        Files.createDirectories(directory);
        int next = newest.map(KeptVersion::number).orElse(0) + 1;
        KeptVersion entry = same.filter(KeptVersion::wasValid)
                .orElseGet(() -> KeptVersion.in(directory, next, clock.instant(), version));
        WholeFile.write(entry.path(), text, WholeFile.OWNER_ONLY);
        for (KeptVersion old : newestFirst().stream().skip(MOST).toList()) {
            Files.deleteIfExists(old.path());
        }
        return Kept.KEPT;
    }

    /** Where a text that isn't kept has its first secret, for a message: {@code  in line 4}; nothing where only its reader knows. */
    public static String secretPlace(String text) {
        ConfigText texts = ConfigText.of(text);
        OptionalInt line = LiteralSecrets.firstLine(texts.main());
        if (line.isPresent()) {
            return " in line " + line.getAsInt();
        }
        for (Including.Included each : texts.included()) {
            OptionalInt inIt = LiteralSecrets.firstLine(each.text());
            if (inIt.isPresent()) {
                return " in line " + inIt.getAsInt() + " of " + each.name();
            }
        }
        return "";
    }

    /** All that is kept; nothing where the folder isn't there. */
    public List<KeptVersion> newestFirst() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.flatMap(file -> KeptVersion.of(file).stream())
                    .sorted(Comparator.comparingInt(KeptVersion::number)
                            .thenComparing(KeptVersion::at)
                            .reversed())
                    .toList();
        }
    }

    /** A kept text; empty when it was dropped meanwhile, or is damaged. */
    Optional<String> text(KeptVersion kept) {
        return ConfigFile.read(kept.path()) instanceof ConfigFile.Content.Present(String text)
                ? Optional.of(text)
                : Optional.empty();
    }
}

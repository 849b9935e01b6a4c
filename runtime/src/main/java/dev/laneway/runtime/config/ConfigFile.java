package dev.laneway.runtime.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the bytes of a config file, of at most 1 MB of UTF-8. */
final class ConfigFile {
    static final int MOST_BYTES = 1024 * 1024;

    private ConfigFile() {}

    /** What the disk has. */
    sealed interface Content {
        record Present(String text) implements Content {}

        /** There is no such file, or what it is on is away. */
        record Absent(Problem why) implements Content {}

        record Unreadable(Problem why) implements Content {}
    }

    static Content read(Path file) {
        if (Files.isDirectory(file)) {
            return unreadable(file, "is a directory", "name the file in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            return bytes.length > MOST_BYTES
                    ? unreadable(file, "is larger than 1 MB", "use patterns in place of lists of models")
                    : text(file, bytes);
        } catch (NoSuchFileException absent) {
            return new Content.Absent(problem(file, "there is no such file", "check the path"));
        } catch (AccessDeniedException denied) {
            return unreadable(file, "may not be read", "give the user that runs this the right to read it");
        } catch (IOException away) {
            return new Content.Absent(problem(file, "can't be read", "check the disk or mount that it is on"));
        }
    }

    private static Content text(Path file, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Content.Present(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException notText) {
            return unreadable(file, "is not UTF-8 text", "save it as UTF-8");
        }
    }

    private static Content unreadable(Path file, String problem, String fix) {
        return new Content.Unreadable(problem(file, problem, fix));
    }

    private static Problem problem(Path file, String problem, String fix) {
        return new Problem(Severity.ERROR, file.toString(), 0, "file", problem, fix);
    }
}

package dev.laneway.runtime.config;

import dev.laneway.runtime.config.file.Including.Included;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces a config file and those that it includes: all, or, where one can't be replaced, none. Each is replaced in one step, the file
 * itself last; a watch takes what it finds once two looks in a row found the same. Blocks.
 */
final class FilesTogether {
    private final List<Change> changes;

    private record Change(Path file, ConfigFile.Content before, String text) {
        boolean isOne() {
            return !(before instanceof ConfigFile.Content.Present(String same) && same.equals(text));
        }

        void make() throws IOException {
            if (before instanceof ConfigFile.Content.Absent) {
                WholeFile.write(file, text, WholeFile.OWNER_ONLY);
            } else {
                WholeFile.replace(file, text);
            }
        }

        void undo() throws IOException {
            if (before instanceof ConfigFile.Content.Present(String same)) {
                WholeFile.replace(file, same);
            } else {
                Files.deleteIfExists(file);
            }
        }
    }

    private FilesTogether(List<Change> changes) {
        this.changes = changes;
    }

    /** What must change for the files to be these texts. */
    static FilesTogether of(Path file, ConfigText text) {
        List<Change> changes = new ArrayList<>();
        for (Included each : text.included()) {
            Path path = file.resolveSibling(each.name());
            changes.add(new Change(path, ConfigFile.read(path), each.text()));
        }
        changes.add(new Change(file, ConfigFile.read(file), text.main()));
        return new FilesTogether(changes.stream().filter(Change::isOne).toList());
    }

    /** The first that is a symbolic link. */
    Optional<Path> link() {
        return changes.stream().map(Change::file).filter(Files::isSymbolicLink).findFirst();
    }

    /** Replaces them; which one can't be, and why, otherwise. */
    Optional<String> write() throws IOException {
        List<Change> done = new ArrayList<>();
        for (Change change : changes) {
            try {
                change.make();
                done.add(change);
            } catch (FileSystemException e) {
                for (Change made : done.reversed()) {
                    made.undo();
                }
                String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
                return Optional.of(change.file() + " can't be replaced (" + reason + ")");
            }
        }
        return Optional.empty();
    }
}

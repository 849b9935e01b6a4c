package dev.laneway.runtime.config;

import dev.laneway.runtime.config.file.Including;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds what a file includes: beside it on the disk, or, where the file is a kept text of several files, in that text. One thread. */
final class IncludedTexts implements Including.Texts {
    private final Path file;
    private final ConfigText text;
    private final List<Path> asked = new ArrayList<>();

    private IncludedTexts(Path file, ConfigText text) {
        this.file = file;
        this.text = text;
    }

    /** @param text what {@code file} holds */
    static IncludedTexts of(String text, Path file) {
        return new IncludedTexts(file, ConfigText.of(text));
    }

    /** The text of the file itself. */
    String main() {
        return text.main();
    }

    /** The files that were looked for on the disk. */
    List<Path> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Found find(String name) {
        for (Including.Included kept : text.included()) {
            if (kept.name().equals(name)) {
                return new Found.Text(name, kept.text());
            }
        }
        if (!text.included().isEmpty()) {
            return new Found.None("is not among what was kept", "put the files together again");
        }
        Path path;
        try {
            path = file.resolveSibling(name);
        } catch (InvalidPathException noPath) {
            return new Found.None("is no path", "write one relative to this file");
        }
        asked.add(path);
        return switch (ConfigFile.read(path)) {
            case ConfigFile.Content.Present(String found) -> new Found.Text(path.toString(), found);
            case ConfigFile.Content.Absent(Problem why) -> new Found.None(why.problem(), why.fix());
            case ConfigFile.Content.Unreadable(Problem why) -> new Found.None(why.problem(), why.fix());
        };
    }
}

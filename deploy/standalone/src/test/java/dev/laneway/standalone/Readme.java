package dev.laneway.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fenced blocks of the project's pages for newcomers. */
final class Readme {
    private static final Path ROOT = Path.of("../..");

    private Readme() {}

    /** The contents of the blocks of a language, the empty one included, in order. */
    static List<String> blocks(String page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        boolean wanted = false;
        for (String line : Files.readAllLines(ROOT.resolve(page))) {
            if (!line.startsWith("```")) {
                if (block != null) {
                    block.append(line).append('\n');
                }
            } else if (block == null) {
                block = new StringBuilder();
                wanted = line.substring(3).equals(language);
            } else {
                if (wanted) {
                    blocks.add(block.toString());
                }
                block = null;
            }
        }
        return blocks;
    }
}

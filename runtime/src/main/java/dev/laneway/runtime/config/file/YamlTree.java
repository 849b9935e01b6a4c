package dev.laneway.runtime.config.file;

import java.io.StringReader;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** Turns text into a checked tree of YAML nodes. What comes out can be walked without a bound on depth or repetition. */
public final class YamlTree {
    private static final int MOST_CODE_POINTS = 4 * 1024 * 1024;
    private static final int MOST_DEPTH = 40;
    private static final int MOST_ALIASES = 1_000;
    /** Aliases let a small text stand for a vast tree: this bounds the tree. */
    private static final int MOST_NODES = 200_000;

    private static final String STANDARD_TAGS = "tag:yaml.org,2002:";

    private final ProblemList problems;
    private final Place whole;
    private final Set<Node> checked = Collections.newSetFromMap(new IdentityHashMap<>());
    private int visits;

    private YamlTree(ProblemList problems, int before) {
        this.problems = problems;
        this.whole = before == 0 ? Place.FILE : new Place("file", before + 1);
    }

    /**
     * The file's top mapping; null when it has none that can be walked, which the problems then say. The lines of its nodes count on from those of the files
     * that were read before.
     */
    public static @Nullable MappingNode read(String text, String file, ProblemList problems) {
        int before = problems.lines().add(file, text);
        return new YamlTree(problems, before).compose("\n".repeat(before) + text);
    }

    /** The line that a node begins on, from 1. */
    public static int line(Node node) {
        return line(node.getStartMark());
    }

    private @Nullable MappingNode compose(String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MOST_CODE_POINTS);
        limits.setNestingDepthLimit(MOST_DEPTH);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        limits.setAllowRecursiveKeys(false);
        try {
            Iterator<Node> documents = new Yaml(new SafeConstructor(limits))
                    .composeAll(new StringReader(text))
                    .iterator();
            if (!documents.hasNext()) {
                problems.error(whole, "is empty", "write at least a model_list");
                return null;
            }
            Node root = documents.next();
            if (documents.hasNext()) {
                problems.error(
                        new Place("file", line(documents.next())),
                        "a second YAML document",
                        "keep one, remove the ---");
                return null;
            }
            return root(root);
        } catch (MarkedYAMLException broken) {
            problems.error(
                    new Place("file", brokenLine(broken)), syntax(broken), "repair the YAML at or above this line");
            return null;
        } catch (ReaderException strange) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(strange.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            problems.error(new Place("file", line), "holds a control character", "remove it");
            return null;
        } catch (YAMLException broken) {
            problems.error(whole, limit(broken), "write a smaller, flatter file without repeated aliases");
            return null;
        }
    }

    private @Nullable MappingNode root(Node root) {
        if (!(root instanceof MappingNode mapping)) {
            problems.error(new Place("file", line(root)), "is not a mapping", "begin with a key such as model_list:");
            return null;
        }
        check(root, "", 0);
        return problems.refused() ? null : mapping;
    }

    private void check(Node node, String path, int depth) {
        if (++visits == MOST_NODES || depth > MOST_DEPTH) {
            problems.error(
                    new Place(path.isEmpty() ? "file" : path, line(node)),
                    depth > MOST_DEPTH ? "is nested too deeply" : "aliases stand for too much",
                    "write it out, flatter");
        }
        if (visits >= MOST_NODES || depth > MOST_DEPTH) {
            return;
        }
        boolean first = checked.add(node);
        if (first && !node.getTag().startsWith(STANDARD_TAGS)) {
            problems.error(new Place(path, line(node)), "has a YAML tag of its own", "remove the !tag");
        }
        switch (node) {
            case MappingNode mapping -> checkMapping(mapping, path, depth, first);
            case SequenceNode sequence -> {
                int index = 0;
                for (Node item : sequence.getValue()) {
                    check(item, path + "[" + index++ + "]", depth + 1);
                }
            }
            case ScalarNode scalar -> {
                if (first) {
                    checkCharacters(scalar, path);
                }
            }
            case AnchorNode anchor -> check(anchor.getRealNode(), path, depth + 1);
            default -> problems.error(new Place(path, line(node)), "is no value", "write text, a list or a mapping");
        }
    }

    private void checkMapping(MappingNode mapping, String path, int depth, boolean first) {
        Set<String> keys = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.error(
                        new Place(path.isEmpty() ? "file" : path, line(tuple.getKeyNode())),
                        "has a key that is no text",
                        "write text");
                continue;
            }
            String below = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
            if (first && !keys.add(key.getValue()) && !key.getTag().equals(Tag.MERGE)) {
                problems.error(new Place(below, line(key)), "is here twice", "keep one of them");
            }
            if (first) {
                checkCharacters(key, path);
            }
            check(tuple.getValueNode(), below, depth + 1);
        }
    }

    private void checkCharacters(ScalarNode scalar, String path) {
        boolean strange = scalar.getValue()
                .codePoints()
                .anyMatch(c -> (Character.isISOControl(c) && c != '\n' && c != '\t') || (c >= 0xD800 && c <= 0xDFFF));
        if (strange) {
            problems.error(new Place(path, line(scalar)), "holds a control character", "remove it");
        }
    }

    private static int brokenLine(MarkedYAMLException broken) {
        Mark mark = broken.getProblemMark() == null ? broken.getContextMark() : broken.getProblemMark();
        return mark == null ? 0 : line(mark);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    /** The parser's reason without the snippet of the file that its message adds: a snippet may show a secret. */
    private static String syntax(MarkedYAMLException broken) {
        String reason = broken.getProblem();
        if (reason == null || reason.isBlank()) {
            return "is no valid YAML";
        }
        return reason.contains("TAB") ? "a tab where YAML wants spaces" : "is no valid YAML, " + reason.strip();
    }

    private static String limit(YAMLException broken) {
        String reason = broken.getMessage() == null ? "" : broken.getMessage().toLowerCase(Locale.ROOT);
        if (reason.contains("aliases")) {
            return "has too many aliases";
        }
        if (reason.contains("depth")) {
            return "is nested too deeply";
        }
        return reason.contains("code point") ? "is too large" : "is no readable YAML";
    }
}

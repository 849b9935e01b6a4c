package dev.laneway.runtime.config.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a file and what its {@code include} names into one tree, as LiteLLM does: a list of an included file is added to the list that
 * is there, any other key of it is taken in place of what is there. Names are paths relative to the first file, also those that an
 * included file names. What a later file replaces is warned of. One thread.
 */
public final class Including {
    /** How many files one may include, and they together. */
    static final int MOST_FILES = 50;

    private static final int MOST_CHARACTERS = 1_000_000;

    private static final Pattern PATH = Pattern.compile("\\S|\\S[^\\n\\t]{0,998}\\S");

    private final Texts texts;
    private final ProblemList problems;
    private final Deque<Value> open = new ArrayDeque<>();
    private final Set<String> names = new HashSet<>();
    private final List<Included> read = new ArrayList<>();
    private final Map<String, NodeTuple> merged = new LinkedHashMap<>();
    private int characters;
    private int remembered;

    /** Where the texts of included files come from. */
    public interface Texts {
        /** The text of a file that is named by {@code include}. May block. */
        Found find(String name);

        /** A text, or why there is none. */
        sealed interface Found {
            /** @param file how problems call it */
            record Text(String file, String text) implements Found {}

            record None(String problem, String fix) implements Found {}
        }

        /** For texts that are no file: nothing is read from this machine because of them. */
        Texts NONE = name -> new Found.None("nothing can be included here", "write everything into one file");
    }

    /** The text of an included file, by the name that includes it. */
    public record Included(String name, String text) {
        public Included {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * What was read.
     *
     * @param root null where it is of no use, which the problems then say
     * @param included in the order in which they were read
     */
    public record Whole(@Nullable MappingNode root, List<Included> included) {
        public Whole {
            included = List.copyOf(included);
        }
    }

    private Including(Texts texts, ProblemList problems) {
        this.texts = texts;
        this.problems = problems;
    }

    /** Reads a text, which the problems call {@code file}, and all that it includes. */
    public static Whole read(String text, String file, Texts texts, ProblemList problems) {
        Including including = new Including(texts, problems);
        MappingNode root = YamlTree.read(text, file, problems);
        if (root == null) {
            return new Whole(null, List.of());
        }
        including.characters = text.length();
        including.merge(root);
        while (!including.open.isEmpty()) {
            including.include(including.open.remove());
        }
        return new Whole(problems.refused() ? null : including.tree(root), including.read);
    }

    private MappingNode tree(MappingNode root) {
        return read.isEmpty()
                ? root
                : new MappingNode(
                        Tag.MAP,
                        true,
                        new ArrayList<>(merged.values()),
                        root.getStartMark(),
                        root.getEndMark(),
                        root.getFlowStyle());
    }

    private void include(Value item) {
        if (!(item.node() instanceof ScalarNode scalar)
                || item.isNull()
                || !PATH.matcher(scalar.getValue()).matches()) {
            problems.error(item.place(), "is no file’s name", "write a path relative to this file");
            return;
        }
        String name = scalar.getValue();
        if (!names.add(name)) {
            problems.error(item.place(), name + " is included already", "name each file once");
        } else if (names.size() > MOST_FILES) {
            problems.error(item.place(), "is more than " + MOST_FILES + " files", "write fewer, larger ones");
        } else {
            switch (texts.find(name)) {
                case Texts.Found.None(String problem, String fix) ->
                    problems.error(item.place(), name + ": " + problem, fix);
                case Texts.Found.Text(String file, String text) -> include(name, file, text, item.place());
            }
        }
    }

    private void include(String name, String file, String text, Place at) {
        read.add(new Included(name, text));
        characters += text.length();
        if (characters > MOST_CHARACTERS) {
            problems.error(at, "all files together are larger than 1 MB", "use patterns in place of lists of models");
            return;
        }
        MappingNode root = YamlTree.read(text, file, problems);
        if (root != null) {
            merge(root);
        }
    }

    private void merge(MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                continue;
            }
            String name = key.getValue();
            if (name.equals("include")) {
                remember(tuple.getValueNode());
            }
            if (key.getTag().equals(Tag.MERGE)) {
                merged.put(name + merged.size(), tuple);
            } else {
                NodeTuple before = merged.get(name);
                merged.put(name, before == null ? tuple : joined(name, before, tuple));
            }
        }
    }

    private void remember(Node named) {
        List<Node> items = named instanceof SequenceNode list
                ? list.getValue()
                : named.getTag().equals(Tag.NULL) ? List.of() : List.of(named);
        for (Node item : items) {
            open.add(new Value(item, new Place("include[" + remembered++ + "]", YamlTree.line(item))));
        }
    }

    private NodeTuple joined(String name, NodeTuple before, NodeTuple after) {
        if (after.getValueNode() instanceof SequenceNode more) {
            if (before.getValueNode() instanceof SequenceNode list) {
                List<Node> all = new ArrayList<>(list.getValue());
                all.addAll(more.getValue());
                return new NodeTuple(
                        before.getKeyNode(),
                        new SequenceNode(
                                list.getTag(), true, all, list.getStartMark(), list.getEndMark(), list.getFlowStyle()));
            }
            if (before.getValueNode().getTag().equals(Tag.NULL)) {
                return after;
            }
        }
        Place at = new Place(name, YamlTree.line(after.getKeyNode()));
        problems.warn(
                at,
                "takes the place of the one in " + problems.line(new Place(name, YamlTree.line(before.getKeyNode()))),
                "keep one of the two");
        return after;
    }
}

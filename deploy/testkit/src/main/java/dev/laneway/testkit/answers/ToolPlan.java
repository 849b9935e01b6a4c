package dev.laneway.testkit.answers;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which tools to call. The model calls tools
 *
 * <ul>
 *   <li>that the caller forces by its tool choice;
 *   <li>that the last user message names after the word {@code call}, as in {@code call get_weather}, in that order; with these
 *       arguments where a JSON object follows: <code>call get_weather {"city": "Oslo"}</code>;
 *   <li>two of them (twice the same where only one is offered) when that message holds the word {@code parallel};
 *   <li>as many as the model's option {@code tools} says.
 * </ul>
 *
 * <p>It calls none when the request ends with tool results or forbids them, and only the first where the caller
 * wants no parallel calls.
 */
final class ToolPlan {
    private static final int MOST = 8;
    private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);

    /** A tool, and what to call it with; anything but an object where nobody said. */
    private record Wanted(Tool tool, JsonNode arguments) {
        Wanted(Tool tool) {
            this(tool, MissingNode.getInstance());
        }
    }

    private ToolPlan() {}

    static List<ToolCall> calls(Ask ask, long bits) {
        Tooling tooling = ask.tooling();
        if (tooling.offered().isEmpty() || !ask.prompt().toolResults().isEmpty()) {
            return List.of();
        }
        List<Wanted> chosen = switch (tooling.choice()) {
            case ToolChoice.Never() -> List.of();
            case ToolChoice.Auto() -> wanted(ask);
            case ToolChoice.Some() -> orFirst(wanted(ask), tooling.offered());
            case ToolChoice.Named(String name) -> named(tooling.offered(), name);
        };
        int most = tooling.parallel() ? MOST : 1;
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < Math.min(most, chosen.size()); i++) {
            Wanted wanted = chosen.get(i);
            long own = Mix.of(bits, i);
            JsonNode arguments = wanted.arguments().isObject()
                    ? wanted.arguments()
                    : SchemaInstance.of(wanted.tool().schema(), own);
            calls.add(new ToolCall(
                    Mix.letters(own, 24), wanted.tool().name(), arguments.isObject() ? arguments.toString() : "{}"));
        }
        return calls;
    }

    private static List<Wanted> wanted(Ask ask) {
        String text = ask.prompt().lastUserText();
        List<Tool> offered = ask.tooling().offered();
        List<Wanted> wanted = new ArrayList<>();
        for (int at = text.indexOf("call "); at >= 0; at = text.indexOf("call ", at + 1)) {
            String name = word(text, at + 5);
            JsonNode arguments = object(text, at + 5 + name.length());
            offered.stream()
                    .filter(tool -> tool.name().equals(name))
                    .findFirst()
                    .ifPresent(tool -> wanted.add(new Wanted(tool, arguments)));
        }
        int least = Math.max(
                text.contains("parallel") ? 2 : 0, ask.model().behaviour().toolCalls());
        for (int i = wanted.size(); i < least; i++) {
            wanted.add(new Wanted(offered.get(i % offered.size())));
        }
        return wanted;
    }

    /** The JSON object that stands there after one space, whatever follows it. */
    private static JsonNode object(String text, int from) {
        if (!text.startsWith(" {", from)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text.substring(from + 1));
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static String word(String text, int from) {
        int to = from;
        while (to < text.length()
                && (Character.isLetterOrDigit(text.charAt(to)) || "_-.".indexOf(text.charAt(to)) >= 0)) {
            to++;
        }
        String word = text.substring(from, to);
        return word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
    }

    private static List<Wanted> orFirst(List<Wanted> wanted, List<Tool> offered) {
        return wanted.isEmpty() ? List.of(new Wanted(offered.getFirst())) : wanted;
    }

    private static List<Wanted> named(List<Tool> offered, String name) {
        return offered.stream()
                .filter(tool -> tool.name().equals(name))
                .map(Wanted::new)
                .toList();
    }
}

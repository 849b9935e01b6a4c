package dev.laneway.testkit.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which tools to call. The model calls tools
 *
 * <ul>
 *   <li>that the caller forces by its tool choice;
 *   <li>that the last user message names after the word {@code call}, as in {@code call get_weather}, in that order;
 *   <li>two of them (twice the same where only one is offered) when that message holds the word {@code parallel};
 *   <li>as many as the model's option {@code tools} says.
 * </ul>
 *
 * <p>It calls none when the request ends with tool results or forbids them, and only the first where the caller
 * wants no parallel calls.
 */
final class ToolPlan {
    private static final int MOST = 8;

    private ToolPlan() {}

    static List<ToolCall> calls(Ask ask, long bits) {
        Tooling tooling = ask.tooling();
        if (tooling.offered().isEmpty() || !ask.prompt().toolResults().isEmpty()) {
            return List.of();
        }
        List<Tool> chosen = switch (tooling.choice()) {
            case ToolChoice.Never() -> List.of();
            case ToolChoice.Auto() -> wanted(ask);
            case ToolChoice.Some() -> orFirst(wanted(ask), tooling.offered());
            case ToolChoice.Named(String name) -> named(tooling.offered(), name);
        };
        int most = tooling.parallel() ? MOST : 1;
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < Math.min(most, chosen.size()); i++) {
            Tool tool = chosen.get(i);
            long own = Mix.of(bits, i);
            JsonNode arguments = SchemaInstance.of(tool.schema(), own);
            calls.add(new ToolCall(
                    Mix.letters(own, 24), tool.name(), arguments.isObject() ? arguments.toString() : "{}"));
        }
        return calls;
    }

    private static List<Tool> wanted(Ask ask) {
        String text = ask.prompt().lastUserText();
        List<Tool> offered = ask.tooling().offered();
        List<Tool> wanted = new ArrayList<>();
        for (int at = text.indexOf("call "); at >= 0; at = text.indexOf("call ", at + 1)) {
            String name = word(text, at + 5);
            offered.stream()
                    .filter(tool -> tool.name().equals(name))
                    .findFirst()
                    .ifPresent(wanted::add);
        }
        int least = Math.max(
                text.contains("parallel") ? 2 : 0, ask.model().behaviour().toolCalls());
        for (int i = wanted.size(); i < least; i++) {
            wanted.add(offered.get(i % offered.size()));
        }
        return wanted;
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

    private static List<Tool> orFirst(List<Tool> wanted, List<Tool> offered) {
        return wanted.isEmpty() ? offered.subList(0, 1) : wanted;
    }

    private static List<Tool> named(List<Tool> offered, String name) {
        return offered.stream().filter(tool -> tool.name().equals(name)).toList();
    }
}

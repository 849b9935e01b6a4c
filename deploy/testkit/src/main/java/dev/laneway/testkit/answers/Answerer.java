package dev.laneway.testkit.answers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers. What it says depends on the simulator's seed, the caller's seed, the model's base name, the last user
 * message and the tool results, on nothing else; so another vendor with the same base name says the same.
 *
 * <ul>
 *   <li>After tool results: {@code The tool said: RESULT}, two hundred characters of each.
 *   <li>{@code say: TEXT} in the last user message: TEXT, up to the end of its line.
 *   <li>A JSON schema: an instance that fits it. A JSON object: <code>{"answer": WORDS}</code>.
 *   <li>Else as many words as the model's option {@code tokens} says.
 *   <li>Of all these, the rest where the request holds a beginning of the answer.
 * </ul>
 *
 * <p>Safe for any thread.
 */
public final class Answerer {
    private static final int QUOTED = 200;
    private static final int CACHE_STEP = 128;

    private final long seed;
    private final PromptCache cache;

    public Answerer(long seed, PromptCache cache) {
        this.seed = seed;
        this.cache = cache;
    }

    /**
     * The answer to a request.
     *
     * @param owner bits of the caller's key, for the prompt cache
     */
    public Answer answer(Ask ask, long owner) {
        long model = Mix.of(ask.model().base());
        List<Choice> choices = new ArrayList<>(ask.choices());
        int completion = 0;
        int reasoning = 0;
        for (int i = 0; i < ask.choices(); i++) {
            Choice choice = choice(ask, Mix.of(seed, ask.bounds().seed(), model, i));
            choices.add(choice);
            completion += choice.tokens();
            reasoning += choice.reasoning().size();
        }
        PromptCache.Hit hit = ask.prompt().marks().isEmpty()
                ? new PromptCache.Hit(0, 0)
                : cache.visit(Mix.of(owner, model), ask.prompt().marks());
        boolean marked = ask.prompt().caching() == Caching.MARKED;
        int cached = marked ? hit.known() : hit.known() / CACHE_STEP * CACHE_STEP;
        int written = marked ? hit.all() - hit.known() : 0;
        int prompt = ask.prompt().tokens();
        Beside beside = ask.beside().used(prompt - cached - written, completion - reasoning);
        return new Answer(choices, new Usage(prompt, cached, written, completion, reasoning, beside), true);
    }

    private static Choice choice(Ask ask, long base) {
        long bits = Mix.of(base, Mix.of(ask.prompt().lastUserText()));
        for (String result : ask.prompt().toolResults()) {
            bits = Mix.of(bits, Mix.of(result));
        }
        Begun begun = ask.prompt().begun();
        int most = ask.bounds().maxTokens().orElse(Integer.MAX_VALUE);
        int thought = Math.min(ask.reasoning(), most);
        List<String> reasoning = thought == 0 ? List.of() : Vocabulary.words(Mix.of(bits, -1), thought);
        List<ToolCall> calls = ToolPlan.calls(ask, bits);
        boolean calling = !calls.isEmpty();
        List<String> text = calling ? preface(ask) : text(ask, bits);
        Ending ending = calling ? new Ending.Called() : new Ending.Done();
        if (!begun.text().isEmpty() && !calling) {
            text = rest(String.join("", text), begun, ask.model().behaviour().repeat());
        }
        for (String stop : ask.bounds().stops()) {
            String whole = String.join("", text);
            int at = whole.indexOf(stop);
            if (!calling && !stop.isEmpty() && at >= 0) {
                text = Tokens.pieces(whole.substring(0, at));
                ending = new Ending.Stopped(stop);
            }
        }
        return bounded(new Choice(reasoning, text, calls, ending), most);
    }

    private static List<String> preface(Ask ask) {
        String said = said(ask.prompt().lastUserText());
        boolean forced = !(ask.tooling().choice() instanceof ToolChoice.Auto);
        return Tokens.pieces(said != null ? said : forced ? "" : ask.tooling().preface());
    }

    private static List<String> text(Ask ask, long bits) {
        Prompt prompt = ask.prompt();
        if (!prompt.toolResults().isEmpty() && ask.shape() instanceof OutputShape.Prose) {
            return Tokens.pieces(prompt.toolResults().stream()
                    .map(result -> result.substring(0, Math.min(QUOTED, result.length())))
                    .collect(Collectors.joining(" and ", "The tool said: ", "")));
        }
        String said = said(prompt.lastUserText());
        if (said != null) {
            return Tokens.pieces(said);
        }
        int words = ask.model().behaviour().tokens();
        return switch (ask.shape()) {
            case OutputShape.Prose() -> Vocabulary.words(bits, words);
            case OutputShape.JsonObject() ->
                Tokens.pieces(JsonNodeFactory.instance
                        .objectNode()
                        .put("answer", String.join("", Vocabulary.words(bits, words)))
                        .toString());
            case OutputShape.Schema(var schema) ->
                Tokens.pieces(SchemaInstance.of(schema, bits).toString());
        };
    }

    /** What is left of an answer of which a beginning is known; before it, so many words of that once more, as models do. */
    private static List<String> rest(String answer, Begun begun, int repeat) {
        String rest =
                answer.startsWith(begun.text()) ? answer.substring(begun.text().length()) : " " + answer;
        int from = begun.text().length();
        for (int i = 0; i < repeat && !begun.own() && from > 0; i++) {
            from = Math.max(0, begun.text().lastIndexOf(' ', from - 1));
        }
        return Tokens.pieces(begun.text().substring(from) + rest);
    }

    private static @Nullable String said(String text) {
        int at = text.indexOf("say: ");
        if (at < 0) {
            return null;
        }
        int end = text.indexOf('\n', at);
        return text.substring(at + 5, end < 0 ? text.length() : end);
    }

    private static Choice bounded(Choice choice, int most) {
        if (choice.tokens() <= most) {
            return choice;
        }
        int left = most - choice.reasoning().size();
        List<String> text =
                choice.text().subList(0, Math.min(left, choice.text().size()));
        left -= text.size();
        List<ToolCall> calls = new ArrayList<>();
        for (ToolCall call : choice.calls()) {
            int overhead = call.tokens() - Tokens.of(call.arguments());
            if (left > overhead) {
                int characters = Math.min(call.arguments().length(), (left - overhead) * 4);
                ToolCall cut =
                        new ToolCall(call.id(), call.name(), call.arguments().substring(0, characters));
                calls.add(cut);
                left -= cut.tokens();
            }
        }
        return new Choice(choice.reasoning(), text, calls, new Ending.Length());
    }

    /** The tokens an answer may cost at most: what a vendor counts against its limit before it answers. */
    public static int atMost(Ask ask) {
        OptionalInt most = ask.bounds().maxTokens();
        return ask.choices()
                * (most.isPresent() ? most.getAsInt() : ask.model().behaviour().tokens() + ask.reasoning());
    }
}

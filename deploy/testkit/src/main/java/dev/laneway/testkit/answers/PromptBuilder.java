package dev.laneway.testkit.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Gathers a prompt while a vendor's reader goes through a request from its beginning to its end. Counts tokens and,
 * for prompts long enough to be cached, hashes as it goes. For one request and one thread.
 */
public final class PromptBuilder {
    /** What any model understands. */
    private static final Pattern GO_ON =
            Pattern.compile("(?i)\\b(go on|continue)\\b.*\\bwhere it (stop|was cut)", Pattern.DOTALL);

    /** What a user asks for; what clients tell their models beside a tool's result has none of it. */
    private static final Pattern ASKS = Pattern.compile("say: |call \\w|\\bparallel\\b");

    private final boolean hashing;
    private final int cacheMinimum;
    private final List<CacheMark> marks = new ArrayList<>();
    private final List<String> toolResults = new ArrayList<>();
    private final List<String> resultsBefore = new ArrayList<>();
    private final StringBuilder assistantText = new StringBuilder();
    private String role = "";
    private String lastUserText = "";
    private Begun begun = Begun.NOTHING;
    private boolean newMessage = true;
    private boolean userSpeaks;
    private int tokens = Tokens.PER_REQUEST;
    private int images;
    private long hash;

    /**
     * Starts a prompt.
     *
     * @param requestBytes the size of the request: a short one can't hold a prompt worth caching
     * @param cacheMinimum the shortest prefix that is cached, in tokens
     */
    public PromptBuilder(int requestBytes, int cacheMinimum) {
        this.hashing = requestBytes >= cacheMinimum;
        this.cacheMinimum = cacheMinimum;
    }

    /** A message begins. */
    public void message(String who) {
        tokens += Tokens.PER_MESSAGE;
        newMessage = true;
        mix(who);
        if (who.equals("assistant")) {
            userSpeaks = false;
            if (!role.equals(who)) {
                assistantText.setLength(0);
                resultsBefore.clear();
                resultsBefore.addAll(toolResults);
            }
            toolResults.clear();
        }
        role = who;
    }

    /** Text that isn't the user's: of the system, of the assistant. */
    public void text(String text) {
        tokens += Tokens.of(text);
        mix(text);
        if (role.equals("assistant")) {
            assistantText.append(text);
        }
    }

    /** The request ends with a turn of the assistant, which this vendor's models go on with. */
    public void endsWithBeginning() {
        if (role.equals("assistant")) {
            goOn(true);
        }
    }

    private void goOn(boolean own) {
        begun = new Begun(assistantText.toString(), own);
        toolResults.clear();
        toolResults.addAll(resultsBefore);
    }

    /**
     * The user says something. Several parts of one message, and messages in a row, are lines of one text. After tool results it counts
     * only where it asks for something: clients add remarks of their own to them.
     */
    public void userText(String text) {
        text(text);
        if (newMessage && !assistantText.isEmpty() && GO_ON.matcher(text).find()) {
            goOn(false);
            return;
        }
        begun = Begun.NOTHING;
        newMessage = false;
        if (!toolResults.isEmpty() && !ASKS.matcher(text).find()) {
            return;
        }
        toolResults.clear();
        lastUserText = userSpeaks ? lastUserText + "\n" + text : text;
        userSpeaks = true;
    }

    /** A tool's result. */
    public void toolResult(String text) {
        text(text);
        toolResults.add(text);
        userSpeaks = false;
    }

    public void image(String source) {
        tokens += Tokens.PER_IMAGE;
        images++;
        mix(source);
    }

    /** Anything else that costs tokens: a tool's declaration, a tool call of the past. */
    public void other(JsonNode json) {
        tokens += (characters(json) + 3) / 4;
    }

    /** Up to here the prompt can be cached. */
    public void mark() {
        if (hashing && tokens >= cacheMinimum) {
            marks.add(new CacheMark(hash, tokens));
        }
    }

    public Prompt build(Caching caching) {
        return new Prompt(lastUserText, toolResults, tokens, images, marks, caching, begun);
    }

    private int characters(JsonNode json) {
        if (json.isValueNode()) {
            String text = json.asText();
            mix(text);
            return text.length();
        }
        int characters = 0;
        if (json.isArray()) {
            for (JsonNode item : json) {
                characters += characters(item);
            }
        } else {
            for (Map.Entry<String, JsonNode> field : json.properties()) {
                mix(field.getKey());
                characters += field.getKey().length() + characters(field.getValue());
            }
        }
        return characters;
    }

    private void mix(String text) {
        if (hashing) {
            hash = Mix.of(hash, Mix.of(text));
        }
    }
}

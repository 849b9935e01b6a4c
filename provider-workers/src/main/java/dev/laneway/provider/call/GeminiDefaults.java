package dev.laneway.provider.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.Splice;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The fields that a deployment sets, as Gemini has them: most lie in {@code generationConfig}, under names of their own. What LiteLLM's
 * users don't know, such as the members of {@code extra_body}, goes to the top under its own name.
 */
final class GeminiDefaults {
    private static final Map<String, String> CONFIGURED = Map.of(
            "frequency_penalty", "frequencyPenalty",
            "n", "candidateCount",
            "presence_penalty", "presencePenalty",
            "seed", "seed",
            "stop", "stopSequences",
            "temperature", "temperature",
            "top_k", "topK",
            "top_p", "topP");

    private static final Map<String, String> AT_THE_TOP = Map.of("safety_settings", "safetySettings");

    private GeminiDefaults() {}

    /** Whether Gemini has that field of LiteLLM's users. */
    static boolean knows(String name) {
        return CONFIGURED.containsKey(name) || AT_THE_TOP.containsKey(name);
    }

    /** The body with what it lacks. */
    static byte[] into(byte[] body, Map<String, JsonNode> defaults) {
        Map<String, String> config = new LinkedHashMap<>();
        Map<String, String> top = new LinkedHashMap<>();
        defaults.forEach((name, value) -> {
            String own = CONFIGURED.get(name);
            if (own == null) {
                top.put(AT_THE_TOP.getOrDefault(name, name), value.toString());
            } else {
                config.put(own, name.equals("stop") && value.isTextual() ? "[" + value + "]" : value.toString());
            }
        });
        JsonCursor at = new JsonCursor().reset(body, 0, body.length);
        if (!at.enterObject()) {
            return body;
        }
        Splice splice = new Splice(body);
        int begin = at.position();
        int inside = -1;
        boolean empty = true;
        boolean bare = true;
        while (at.nextMember()) {
            empty = false;
            top.keySet().removeIf(name -> isNamed(at, name));
            if (isNamed(at, "generationConfig") && at.enterObject()) {
                inside = at.position();
                while (at.nextMember()) {
                    bare = false;
                    config.keySet().removeIf(name -> isNamed(at, name));
                    at.skipValue();
                }
            } else {
                at.skipValue();
            }
        }
        if (inside < 0 && !config.isEmpty()) {
            top.put("generationConfig", "{" + members(config, true) + "}");
        }
        if (!top.isEmpty()) {
            splice.insert(begin, members(top, empty));
        }
        if (inside >= 0 && !config.isEmpty()) {
            splice.insert(inside, members(config, bare));
        }
        return at.lost() ? body : splice.apply();
    }

    /** In either spelling. */
    private static boolean isNamed(JsonCursor at, String name) {
        return at.keyIs(name) || at.keyIs(name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
    }

    private static String members(Map<String, String> fields, boolean last) {
        StringBuilder members = new StringBuilder();
        fields.forEach((name, value) ->
                members.append(Splice.quoted(name)).append(':').append(value).append(','));
        if (last && !members.isEmpty()) {
            members.setLength(members.length() - 1);
        }
        return members.toString();
    }
}

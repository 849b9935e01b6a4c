package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.HostedTool;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a vendor asks money for. */
public enum PriceTerm {
    /** A token of the prompt. */
    INPUT("in", "input_cost_per_token", PriceWay.USUAL),
    /** A generated token. */
    OUTPUT("out", "output_cost_per_token", PriceWay.USUAL),
    /** A token of the prompt that the vendor's cache had. */
    CACHED("cached", "cache_read_input_token_cost", PriceWay.CACHED, INPUT),
    /** A token of the prompt that went into the vendor's cache. */
    CACHE_WRITE("write", "cache_creation_input_token_cost", PriceWay.WRITTEN, INPUT),
    /** The same, kept for an hour and not for minutes. */
    CACHE_WRITE_HOUR("write-hour", "cache_creation_input_token_cost_above_1hr", PriceWay.WRITTEN, INPUT),
    /** A generated token that was reasoning. */
    REASONING("reasoning", "output_cost_per_reasoning_token", PriceWay.REASONING, OUTPUT),
    /** A token of the prompt of a vendor's own batch. */
    BATCH_INPUT("batch-in", "input_cost_per_token_batches", PriceWay.BATCH, INPUT),
    /** A token that a vendor's own batch generated. */
    BATCH_OUTPUT("batch-out", "output_cost_per_token_batches", PriceWay.BATCH, OUTPUT),
    /** A call, whatever it holds. */
    REQUEST("request", "input_cost_per_request"),
    /** An image of the prompt, where images are not paid as tokens. */
    IMAGE("image", "input_cost_per_image"),
    /** A token of sound in the prompt. */
    AUDIO_INPUT("audio-in", "input_cost_per_audio_token"),
    /** A token of sound in the prompt that the vendor's cache had. */
    AUDIO_CACHED("audio-cached", "cache_read_input_audio_token_cost"),
    /** A generated token of sound. */
    AUDIO_OUTPUT("audio-out", "output_cost_per_audio_token"),
    /** A generated token of a picture. */
    IMAGE_OUTPUT("image-out", "output_cost_per_image_token"),
    /** A token of the prompt of a call that may take its time. */
    FLEX_INPUT("flex-in", "input_cost_per_token_flex", PriceWay.FLEX, INPUT),
    /** A token that such a call generated. */
    FLEX_OUTPUT("flex-out", "output_cost_per_token_flex", PriceWay.FLEX, OUTPUT),
    /** A token of the prompt of such a call that the vendor's cache had. */
    FLEX_CACHED("flex-cached", "cache_read_input_token_cost_flex", PriceWay.FLEX),
    /** A token of the prompt of such a call that went into the vendor's cache. */
    FLEX_CACHE_WRITE("flex-write", "cache_creation_input_token_cost_flex", PriceWay.FLEX),
    /** A token of sound in the prompt of such a call. */
    FLEX_AUDIO_INPUT("flex-audio-in", "input_cost_per_audio_token_flex", PriceWay.FLEX),
    /** A token of the prompt of a call that goes before others. */
    PRIORITY_INPUT("priority-in", "input_cost_per_token_priority", PriceWay.PRIORITY, INPUT),
    /** A token that such a call generated. */
    PRIORITY_OUTPUT("priority-out", "output_cost_per_token_priority", PriceWay.PRIORITY, OUTPUT),
    /** A token of the prompt of such a call that the vendor's cache had. */
    PRIORITY_CACHED("priority-cached", "cache_read_input_token_cost_priority", PriceWay.PRIORITY),
    /** A token of the prompt of such a call that went into the vendor's cache. */
    PRIORITY_CACHE_WRITE("priority-write", "cache_creation_input_token_cost_priority", PriceWay.PRIORITY),
    /** A token of sound in the prompt of such a call. */
    PRIORITY_AUDIO_INPUT("priority-audio-in", "input_cost_per_audio_token_priority", PriceWay.PRIORITY),
    /** A search of the web. */
    WEB_SEARCH("search", "web_search_cost_per_use"),
    /** A search of the web by OpenAI's older tool. */
    WEB_SEARCH_PREVIEW("search-preview", "web_search_preview_cost_per_use"),
    /** An answer for which the vendor searched the web, however often. */
    GROUNDED_ANSWER("grounded", "grounding_cost_per_answer"),
    /** An answer for which the vendor asked its maps. */
    MAPS_ANSWER("maps", "google_maps_grounding_cost_per_query"),
    /** A search in files that the vendor keeps. */
    FILE_SEARCH("file-search", "file_search_cost_per_use"),
    /** A container in which code ran. */
    CODE("code", "code_interpreter_cost_per_session"),
    /** An image that another model made. */
    IMAGE_MADE("image-made", "image_generation_cost_per_use"),
    /** Beside the fee of a call: that its search was of medium size. */
    MEDIUM_SEARCH("medium-search", "medium_search_cost_per_request"),
    /** Beside the fee of a call: that its search was large. */
    LARGE_SEARCH("large-search", "large_search_cost_per_request");

    private static final Pattern ABOVE = Pattern.compile("(.+)_above_(\\d{1,6})k_tokens((?:_flex|_priority)?)");

    private final String word;
    private final String configKey;
    private final PriceWay way;
    private final @Nullable PriceTerm beside;

    PriceTerm(String word, String configKey) {
        this(word, configKey, PriceWay.OWN, null);
    }

    PriceTerm(String word, String configKey, PriceWay way) {
        this(word, configKey, way, null);
    }

    PriceTerm(String word, String configKey, PriceWay way, @Nullable PriceTerm beside) {
        this.word = word;
        this.configKey = configKey;
        this.way = way;
        this.beside = beside;
    }

    /** As a catalogue file spells it. */
    public String word() {
        return word;
    }

    /** As LiteLLM's config files spell it. */
    public String configKey() {
        return configKey;
    }

    /** How it stands to what is usual. */
    PriceWay way() {
        return way;
    }

    /** The usual price that it goes beside; null where there is none to compare it with. */
    @Nullable
    PriceTerm beside() {
        return beside;
    }

    /** Whether it is asked for a token: catalogue files state those by the million. */
    public boolean perToken() {
        return this != REQUEST && this != IMAGE && !perUse();
    }

    /** Whether it is asked for a use of one of the vendor's own tools: then it is the vendor's, and not a model's. */
    public boolean perUse() {
        return compareTo(WEB_SEARCH) >= 0;
    }

    /** Whether it may be another for long prompts. */
    boolean tiered() {
        return compareTo(BATCH_INPUT) < 0 || (compareTo(FLEX_INPUT) >= 0 && perToken());
    }

    /** What is asked for a use of a tool; null where nothing is, or nobody knows. */
    static @Nullable PriceTerm of(HostedTool tool) {
        return switch (tool) {
            case WEB_SEARCH -> WEB_SEARCH;
            case WEB_SEARCH_PREVIEW -> WEB_SEARCH_PREVIEW;
            case GROUNDED_ANSWER -> GROUNDED_ANSWER;
            case MAPS_ANSWER -> MAPS_ANSWER;
            case FILE_SEARCH -> FILE_SEARCH;
            case CODE -> CODE;
            case IMAGE -> IMAGE_MADE;
            case MEDIUM_SEARCH -> MEDIUM_SEARCH;
            case LARGE_SEARCH -> LARGE_SEARCH;
            case CONTENT, OTHER -> null;
        };
    }

    /** Of a config file's key, {@code input_cost_per_token_above_200k_tokens} among them; empty where it is no price. */
    public static Optional<Key> ofConfigKey(String key) {
        Matcher above = ABOVE.matcher(key);
        boolean tier = above.matches();
        String plain = tier ? above.group(1) + above.group(3) : key;
        for (PriceTerm term : values()) {
            if (term.configKey.equals(plain) && (!tier || term.tiered())) {
                return Optional.of(new Key(term, tier ? Long.parseLong(above.group(2)) * 1000 : 0));
            }
        }
        return Optional.empty();
    }

    /** Of a catalogue file's word; empty where there is none. */
    static Optional<PriceTerm> ofWord(String word) {
        for (PriceTerm term : values()) {
            if (term.word.equals(word)) {
                return Optional.of(term);
            }
        }
        return Optional.empty();
    }

    /**
     * What is asked for in which prompts.
     *
     * @param above in prompts of more tokens than that; 0: in all
     */
    public record Key(PriceTerm term, long above) implements Comparable<Key> {
        public Key {
            if (above < 0 || (above > 0 && !term.tiered())) {
                throw new IllegalArgumentException(term.word + " has no other price for long prompts");
            }
        }

        public static Key of(PriceTerm term) {
            return new Key(term, 0);
        }

        /** As LiteLLM's config files spell it; thresholds are whole thousands there. */
        public String configKey() {
            if (above == 0) {
                return term.configKey;
            }
            int tier = Math.max(term.configKey.lastIndexOf("_flex"), term.configKey.lastIndexOf("_priority"));
            int at = tier < 0 ? term.configKey.length() : tier;
            return term.configKey.substring(0, at) + "_above_" + above / 1000 + "k_tokens"
                    + term.configKey.substring(at);
        }

        @Override
        public int compareTo(Key other) {
            int byThreshold = Long.compare(above, other.above);
            return byThreshold != 0 ? byThreshold : term.compareTo(other.term);
        }
    }
}

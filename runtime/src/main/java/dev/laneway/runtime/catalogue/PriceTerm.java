package dev.laneway.runtime.catalogue;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a vendor asks money for. */
public enum PriceTerm {
    /** A token of the prompt. */
    INPUT("in", "input_cost_per_token"),
    /** A generated token. */
    OUTPUT("out", "output_cost_per_token"),
    /** A token of the prompt that the vendor's cache had. */
    CACHED("cached", "cache_read_input_token_cost"),
    /** A token of the prompt that went into the vendor's cache. */
    CACHE_WRITE("write", "cache_creation_input_token_cost"),
    /** The same, kept for an hour and not for minutes. */
    CACHE_WRITE_HOUR("write-hour", "cache_creation_input_token_cost_above_1hr"),
    /** A generated token that was reasoning. */
    REASONING("reasoning", "output_cost_per_reasoning_token"),
    /** A token of the prompt of a vendor's own batch. */
    BATCH_INPUT("batch-in", "input_cost_per_token_batches"),
    /** A token that a vendor's own batch generated. */
    BATCH_OUTPUT("batch-out", "output_cost_per_token_batches"),
    /** A call, whatever it holds. */
    REQUEST("request", "input_cost_per_request"),
    /** An image of the prompt, where images are not paid as tokens. */
    IMAGE("image", "input_cost_per_image");

    private static final Pattern ABOVE = Pattern.compile("(.+)_above_(\\d{1,6})k_tokens");

    private final String word;
    private final String configKey;

    PriceTerm(String word, String configKey) {
        this.word = word;
        this.configKey = configKey;
    }

    /** As a catalogue file spells it. */
    public String word() {
        return word;
    }

    /** As LiteLLM's config files spell it. */
    public String configKey() {
        return configKey;
    }

    /** Whether it is asked for a token: catalogue files state those by the million. */
    public boolean perToken() {
        return this != REQUEST && this != IMAGE;
    }

    /** Whether it may be another for long prompts. */
    boolean tiered() {
        return perToken() && this != BATCH_INPUT && this != BATCH_OUTPUT;
    }

    /** Of a config file's key, {@code input_cost_per_token_above_200k_tokens} among them; empty where it is no price. */
    public static Optional<Key> ofConfigKey(String key) {
        Matcher above = ABOVE.matcher(key);
        boolean tier = above.matches();
        String plain = tier ? above.group(1) : key;
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
            return above == 0 ? term.configKey : term.configKey + "_above_" + above / 1000 + "k_tokens";
        }

        @Override
        public int compareTo(Key other) {
            int byThreshold = Long.compare(above, other.above);
            return byThreshold != 0 ? byThreshold : term.compareTo(other.term);
        }
    }
}
